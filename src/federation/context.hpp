// What every part of federation works with. Built by federation.cpp, which outlives them all.
//
// All that waits for the network runs on the one loop of the client. What other loops need of it they await through
// on_loop().
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <unordered_set>

#include "db/database.hpp"
#include "federation/inbox/budgets.hpp"
#include "federation/inbox/keeper.hpp"
#include "federation/key_cache.hpp"
#include "federation/keys.hpp"
#include "federation/remote/fetch_once.hpp"
#include "federation/remote/turns.hpp"
#include "federation/recently.hpp"
#include "federation/uris.hpp"
#include "http/client.hpp"
#include "social/domain_rules.hpp"

namespace posy::federation {

// So long a row of a queue belongs to who took it.
constexpr Milliseconds lease = std::chrono::minutes(10);

// Keys that are fetched at once: of strangers, whose requests wait meanwhile.
constexpr Turns::Bounds key_fetches{.at_once = 128,
                                    .for_one_host = 16,
                                    .waiting = 4096,
                                    .longest_wait = std::chrono::seconds(10),
                                    .waiting_for_one_host = 1024};
class DeliveryFigures;
class InboxFigures;

struct Context {
  db::Database& db;
  social::Site const& site;
  Uris uris;
  Clock const& clock;  // what is written down, and what others are judged by
  http::Client& client;
  social::DomainRules& rules;  // the operator's, about whole servers
  SteadyClock steady{};  // what is remembered only here
  Keys keys;
  std::atomic<std::int64_t> backlog{0};  // weight of the activities that wait to be done, about
  Budgets budgets;                       // of the inbox
  Keeper keeper{db, [this](std::span<store::Sender const> senders) {
                  for (auto const& sender : senders) budgets.note(sender, steady.now());
                }};
  std::atomic<Time> backlog_counted_at{Time{}};
  std::function<void()> wake_delivery;    // something was added to what goes out
  KeyCache key_cache;                     // of others
  FetchOnce keys_of_others;               // of the loop of the client
  Turns key_turns{client.executor(), key_fetches};    // likewise
  std::unordered_set<std::string> wants_signatures;   // likewise: hosts that show documents only to who signs
  std::unordered_set<std::string> wants_new_form;     // likewise: those that take RFC 9421 and not what came before
  bool authorized_fetch = false;          // documents only for those who sign that they ask
  std::atomic<int> synchronising{0};     // lists of followers that are being compared
  DeliveryFigures* delivery_figures = nullptr;  // null: nobody counts
  InboxFigures* inbox_figures = nullptr;        // likewise
  Recently synchronised{std::chrono::minutes(1)};  // people whose followers were compared (remote/synchronise.hpp)
};

// Who signs for an account of this server, or for the server itself. Null while there are no keys yet.
std::shared_ptr<Signer const> own_signer(db::Reader& r, Context& context, std::int64_t owner);

// For http::Outgoing::may_reach. Pages in the web and files of servers that are spoken with may lie anywhere, also
// where only allowed servers are spoken with: a rule against their host counts, the list of allowed ones does not.
inline auto reaches_web(Context const& context) {
  return [&rules = context.rules](std::string_view host) { return !rules.rule_for_web(host).is_suspended(); };
}
inline auto reaches_media(Context const& context) {
  return [&rules = context.rules](std::string_view host) {
    auto rule = rules.rule_for_web(host);
    return !rule.is_suspended() && !rule.reject_media;
  };
}

// Runs the task on the loop of the client and goes on where it was awaited.
template <class T>
Task<T> on_loop(Context& context, Task<T> task) {
  // Asio hands over only what has a default, which a Result has not.
  auto boxed = [](Task<T> inner) -> Task<std::optional<T>> { co_return co_await std::move(inner); };
  auto spawned =
      boost::asio::co_spawn(context.client.executor(), boxed(std::move(task)), boost::asio::use_awaitable);
  std::optional<T> result = co_await std::move(spawned);
  co_return std::move(*result);
}

}  // namespace posy::federation
