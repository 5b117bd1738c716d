// Flag: another server reports people of ours. Servers differ: most name the person and then posts, some only a post.
#include <algorithm>

#include "federation/inbox/acts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/report.hpp"

namespace posy::federation {
namespace {

constexpr std::size_t objects_max = 100;  // of one Flag that are looked up
constexpr std::size_t targets_max = 5;    // people whom one Flag is about

struct Reported {
  AccountId target;
  std::vector<PostId> posts;
};

Reported* find_or_add(std::vector<Reported>& all, AccountId target) {
  auto found = std::ranges::find(all, target, &Reported::target);
  if (found != all.end()) return &*found;
  if (all.size() >= targets_max) return nullptr;
  return &all.emplace_back(Reported{target, {}});
}

std::vector<Reported> read_reported(db::Reader& r, Context& context, Activity const& flag) {
  std::vector<Reported> out;
  for (std::size_t i = 0; i < std::min(flag.objects.size(), objects_max); ++i) {
    auto const& id = flag.objects[i];
    if (!context.uris.is_ours(id)) continue;
    if (auto account = context.uris.find_account(r, id)) {
      find_or_add(out, account->id);
    } else if (auto post = context.uris.find_post(r, id)) {
      if (auto* reported = find_or_add(out, post->author)) reported->posts.push_back(post->id);
    }
  }
  return out;
}

}  // namespace

Task<std::string> receive_flag(Context& context, Arrived const& arrived) {
  auto const& flag = arrived.activity;
  if (context.rules.rule_for(host_of(flag.actor)).reject_reports) co_return "ignored: reports of its server are";
  auto act = [&](db::Writer& w) -> std::string {
    auto reported = read_reported(w, context, flag);
    if (reported.empty()) return "ignored: is about nobody here";
    int made = 0;
    for (auto const& one : reported)
      if (social::receive_report(w, {flag.id, arrived.actor, one.target, one.posts, flag.content})) ++made;
    return made > 0 ? std::string(done) : "ignored: was known, or there are too many of its server";
  };
  co_return co_await context.db.write(act);
}

}  // namespace posy::federation
