#include "social/report.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "social/notify.hpp"
#include "social/send.hpp"
#include "store/account.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::CollectionId;
using store::Report;

namespace {

constexpr std::size_t comment_characters_max = 1000;
constexpr std::size_t comment_bytes_max = 32'000;
constexpr std::size_t attached_max = 100;  // posts, and as many collections
constexpr std::size_t attached_elsewhere_max = 50;
// Of one other server: who sends more today is not heard, so that moderators can still see the others.
constexpr int reports_a_day_max = 100;

template <class I>
std::vector<I> distinct(std::vector<I> ids) {
  if (ids.size() > attached_max) refuse(Refusal::unprocessable, "Validation failed: too much is attached");
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Those that the reporter may have seen. A block between the two does not matter here, for people block first
// and report then.
std::int64_t count_posts(db::Reader& r, AccountId who, AccountId target, std::vector<PostId> const& posts) {
  return r.one<std::int64_t>(R"sql(
      select count(*) from post p
      where p.id in ids($1) and p.author = $2
        and (p.visibility <= 1
             or (select 1 from mention where post = p.id and account = $3) is not null
             or (p.visibility = 2 and (select 1 from follow where account = $3 and target = $2) is not null))
  )sql",
                             posts, target, who);
}

store::Account load_target(db::Reader& r, AccountId who, ReportDraft const& draft,
                           std::vector<PostId> const& posts, std::vector<CollectionId> const& collections) {
  auto account = store::find_account(r, draft.target);
  bool there = account.has_value();
  if (there && !posts.empty())
    there = count_posts(r, who, draft.target, posts) == static_cast<std::int64_t>(posts.size());
  if (there && !collections.empty())
    there = r.one<std::int64_t>("select count(*) from collection where id in ids($1) and account = $2",
                                collections, draft.target) == static_cast<std::int64_t>(collections.size());
  if (!there) refuse(Refusal::not_found, not_found().message);
  return *account;
}

void tell_staff(db::Writer& w, Report const& report) {
  auto staff = w.all<AccountId>("select account from login where role >= 1 and role > 0");
  // Who is complained of does not hear by whom, unless there is nobody else.
  bool is_alone = staff.size() == 1;
  for (auto moderator : staff)
    if (is_alone || moderator != report.target) notify_of_report(w, moderator, report);
}

// What is public, what was written to somebody of that server, and what its reporter may read as a follower.
std::vector<PostId> posts_known_to(db::Reader& r, store::Account const& reporter, AccountId target,
                                   std::vector<PostId> posts) {
  if (posts.size() > attached_elsewhere_max) posts.resize(attached_elsewhere_max);
  if (posts.empty()) return {};
  return r.all<PostId>(R"sql(
      select p.id from post p
      where p.id in ids($1) and p.author = $2
        and (p.visibility <= 1
             or exists (select 1 from mention m join account a on a.id = m.account
                        where m.post = p.id and a.domain = $4)
             or (p.visibility = 2 and (select 1 from follow where account = $3 and target = $2) is not null))
  )sql",
                       posts, target, reporter.id, reporter.domain);
}

}  // namespace

Report report(db::Writer& w, AccountId who, ReportDraft const& draft) {
  auto posts = distinct(draft.posts);
  auto collections = distinct(draft.collections);
  store::Account target = load_target(w, who, draft, posts, collections);
  std::string comment = text::scrub(draft.comment);
  if (comment.size() > comment_bytes_max || text::truncate(comment, comment_characters_max) != comment)
    refuse(Refusal::unprocessable, "Validation failed: Comment is too long (maximum is 1000 characters)");
  // This server lists no rules (GET /api/v1/instance/rules): none can have been broken.
  if (!draft.rules.empty())
    refuse(Refusal::unprocessable, "Validation failed: Rule ids does not reference valid rules");

  Report report{
      .id = w.make_id<store::ReportId>(),
      .account = who,
      .target = target.id,
      .category = draft.category,
      .comment = std::move(comment),
      .forward = draft.forward && !target.is_local(),
      .created_at = w.now(),
  };
  store::insert_report(w, report, posts, collections);
  if (report.forward) send(w, who, Act::flag, report.id.value);
  tell_staff(w, report);
  return report;
}

std::optional<Report> receive_report(db::Writer& w, ArrivedReport const& arrived) {
  auto reporter = store::find_account(w, arrived.account), target = store::find_account(w, arrived.target);
  if (!reporter || !target || !target->is_local()) return {};
  if (store::has_report(w, arrived.uri, target->id)) return {};
  auto since = w.now() - std::chrono::days(1);
  if (store::count_reports_of(w, reporter->domain, since, reports_a_day_max) >= reports_a_day_max) return {};

  Report report{
      .id = w.make_id<store::ReportId>(),
      .account = reporter->id,
      .target = target->id,
      .comment = text::truncate(text::scrub(arrived.comment), comment_characters_max),
      .created_at = w.now(),
      .uri = arrived.uri,
      .domain = reporter->domain,
  };
  store::insert_report(w, report, posts_known_to(w, *reporter, target->id, arrived.posts), {});
  tell_staff(w, report);
  return report;
}

}  // namespace posy::social
