// What became of what was sent: views of outgoing.hpp for authors, for the operator, and for figures. No list here is
// longer than it is asked for, whatever waits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "store/outgoing.hpp"

namespace posy::store {

enum class SentKind { post, edit, deletion };

constexpr EnumName<SentKind> sent_kind_names[] = {
    {SentKind::post, "post"}, {SentKind::edit, "edit"}, {SentKind::deletion, "deletion"}};
inline std::string_view name_of(SentKind kind) { return name_in(sent_kind_names, kind); }

// An activity that tells of a post, without its body.
struct Sent {
  RowId id;
  std::int64_t sender = 0;
  PostId post;
  std::optional<SentKind> kind;  // none: it is of a time before this was kept
  std::int64_t waiting = 0, delivered = 0, failed = 0;
  Time created_at;
  std::optional<Time> finished_at;

  std::int64_t servers() const { return waiting + delivered + failed; }
};
BOOST_DESCRIBE_STRUCT(Sent, (), (id, sender, post, kind, waiting, delivered, failed, created_at, finished_at))

// Says of what was put on its way last for this post what it is.
void name_sent(db::Writer& w, PostId post, SentKind kind);
std::vector<Sent> sent_of(db::Reader& r, PostId post, int limit);  // the newest first
std::vector<Sent> sent_open(db::Reader& r, int limit);             // not finished, the newest first

// The post that each of these tells of, if it does, once, and who sent it.
struct Told {
  PostId post;
  std::int64_t sender = 0;
};
BOOST_DESCRIBE_STRUCT(Told, (), (post, sender))
std::vector<Told> told_by(db::Reader& r, std::vector<RowId> const& outgoing);

// A server that does not have it yet.
struct WaitingHost {
  std::string host;
  std::string inbox;
  int failures = 0;  // of the server, one after another
  std::optional<Time> failed_since;
  std::string error;           // of the last try
  std::optional<Time> run_at;  // of the server's queue
  bool is_taken = false;       // it is being tried

  Time next_try(Time now) const { return is_taken || !run_at ? now : std::max(now, *run_at); }
};
BOOST_DESCRIBE_STRUCT(WaitingHost, (), (host, inbox, failures, failed_since, error, run_at, is_taken))

// In the order of hosts, those behind this place; so below in the order of inboxes.
std::vector<WaitingHost> waiting_hosts(db::Reader& r, RowId outgoing, std::string_view after_host,
                                       std::string_view after_inbox, int limit);
std::vector<FailedDelivery> failed_after(db::Reader& r, RowId outgoing, std::string_view after_inbox, int limit);
// When the next server is tried again. Beyond `limit` servers that wait: of so many of them.
std::optional<Time> next_try(db::Reader& r, RowId outgoing, int limit);

// Servers that were not reached the last time, those in trouble for longest first.
struct FailingHost {
  std::string host;
  int failures = 0;
  Time failed_since;
  std::string error;
  std::optional<Time> run_at;  // none: nothing waits for it
  std::int64_t waiting = 0;    // deliveries, counted up to a thousand
};
BOOST_DESCRIBE_STRUCT(FailingHost, (), (host, failures, failed_since, error, run_at, waiting))
std::vector<FailingHost> failing_hosts(db::Reader& r, int limit);

struct GivenUpHost {
  RowId outgoing;
  PostId post;
  std::string inbox;
  std::string error;
  Time failed_at;
};
BOOST_DESCRIBE_STRUCT(GivenUpHost, (), (outgoing, post, inbox, error, failed_at))
std::vector<GivenUpHost> given_up_hosts(db::Reader& r, int limit);  // of the newest posts first

struct QueueDepth {
  std::int64_t deliveries = 0;  // that wait, of at most `outgoing_counted` activities
  std::int64_t hosts = 0;       // with something to send to
  std::int64_t resting = 0;     // of these, left alone for a while
};
QueueDepth queue_depth(db::Reader& r);

}  // namespace posy::store
