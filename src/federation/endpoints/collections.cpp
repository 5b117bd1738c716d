// Who follows a person and whom she follows, and what is made of a post: collections in pages, newest first.
//
// Likes are counted and not listed: what others sent is not kept by its id, and who liked what is shown by apps alone.
#include "federation/endpoints/answers.hpp"
#include "federation/vocabulary/collection.hpp"
#include "store/interaction.hpp"
#include "store/relation.hpp"

namespace posy::federation {
namespace {

using store::Account;
using store::Post;

constexpr int page_items = 50;
constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();

// The page that is asked for; nothing: the collection itself.
std::optional<std::int64_t> page_asked(Asked const& asked) {
  auto const* before = asked.request.params.if_contains("before");
  if (!before) return {};
  auto bound = before->is_string() ? parse_id(std::string_view(before->get_string())) : std::nullopt;
  if (!bound) refuse(Refusal::bad_request, "The parameter before is no id");
  return *bound;
}

std::string page_id(std::string const& whole, std::int64_t before) { return fmt::format("{}?before={}", whole, before); }

Collection page_of(Collection const& whole, std::int64_t before, std::vector<Reference> items,
                   std::optional<std::int64_t> last) {
  Collection out{.id = page_id(whole.id, before), .is_ordered = whole.is_ordered};
  out.is_page = true;
  out.part_of = whole.id;
  if (static_cast<int>(items.size()) == page_items && last) out.next = page_id(whole.id, *last);
  out.items = std::move(items);
  return out;
}

using Load = std::vector<store::Listed> (*)(db::Reader&, AccountId, store::Page const&);

Made people(db::Reader& r, Asked const& asked, std::string_view name, std::int64_t store::AccountStats::*count,
            Load load) {
  auto account = load_person(r, asked);
  auto const& uris = asked.context.uris;
  Collection whole{.id = fmt::format("{}/{}", uris.actor(account), name)};
  auto before = page_asked(asked);
  // Who they are is nobody's business where she shows it to nobody.
  if (before && account.hide_collections) refuse(Refusal::not_found, not_found().message);
  if (!before) {
    whole.attributed_to = uris.actor(account);
    whole.total_items = store::account_stats(r, {account.id}).at(0).*count;
    if (!account.hide_collections) whole.first.id = page_id(whole.id, newest);
    return {document(write_collection_document(whole))};
  }
  auto listed = load(r, account.id, {.before = *before, .limit = page_items});
  std::vector<AccountId> ids;
  for (auto const& row : listed) ids.push_back(row.account);
  std::unordered_map<AccountId, std::string> actors;
  for (auto const& one : store::accounts_by_id(r, ids)) actors.emplace(one.id, uris.actor(one));
  std::vector<Reference> items;
  for (auto id : ids) items.push_back({actors.at(id), {}});
  auto last = listed.empty() ? std::nullopt : std::optional(listed.back().row.value);
  return {document(write_collection_document(page_of(whole, *before, std::move(items), last)))};
}

}  // namespace

Made followers_of(db::Reader& r, Asked const& asked) {
  return people(r, asked, "followers", &store::AccountStats::followers, store::followers_of);
}

Made following_of(db::Reader& r, Asked const& asked) {
  return people(r, asked, "following", &store::AccountStats::following, store::following_of);
}

Made likes_of_post(db::Reader& r, Asked const& asked) {
  auto author = load_person(r, asked);
  auto found = load_post(r, asked, author);
  Collection out{.id = asked.context.uris.post(found, author) + "/likes", .is_ordered = false};
  out.total_items = store::post_stats(r, {found.id}).at(0).favourites;
  return {document(write_collection_document(out))};
}

// The ids of the Announces that everybody may see.
Made shares_of_post(db::Reader& r, Asked const& asked) {
  auto const& uris = asked.context.uris;
  auto author = load_person(r, asked);
  auto found = load_post(r, asked, author);
  Collection whole{.id = uris.post(found, author) + "/shares", .is_ordered = false};
  auto before = page_asked(asked);
  if (!before) {
    whole.total_items = store::post_stats(r, {found.id}).at(0).boosts;
    whole.first.id = page_id(whole.id, newest);
    return {document(write_collection_document(whole))};
  }
  auto boosts = store::boosts_of(r, found.id, {.before = *before, .limit = page_items});
  std::vector<AccountId> ids;
  for (auto const& boost : boosts) ids.push_back(boost.author);
  std::unordered_map<AccountId, Account> boosters;
  for (auto& one : store::accounts_by_id(r, ids)) boosters.emplace(one.id, std::move(one));
  std::vector<Reference> items;
  for (auto const& boost : boosts) {
    auto const& booster = boosters.at(boost.author);
    bool const is_shown = is_for_everybody(boost) && !booster.suspended_at;
    if (!is_shown) continue;
    note(asked.shows, boost);
    if (boost.is_local || boost.uri) items.push_back({uris.post(boost, booster), {}});
  }
  bool const is_last = static_cast<int>(boosts.size()) < page_items;
  auto page = page_of(whole, *before, std::move(items), {});
  if (!is_last) page.next = page_id(whole.id, boosts.back().id.value);
  return {document(write_collection_document(page))};
}

}  // namespace posy::federation
