#include "api/render/page_parts.hpp"

#include <unordered_set>

#include "base/assert.hpp"

namespace posy::api {
namespace {

// Drops repetitions and missing ids, keeps the order.
template <class I>
std::vector<I> each_once(std::vector<I> ids) {
  std::unordered_set<I> seen;
  std::erase_if(ids, [&](I id) { return !id || !seen.insert(id).second; });
  return ids;
}

template <class I>
std::unordered_map<I, std::string> by_id(std::vector<I> const& ids, std::vector<std::string> texts) {
  POSY_ASSERT(texts.size() == ids.size());
  std::unordered_map<I, std::string> out;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!texts[i].empty()) out.emplace(ids[i], std::move(texts[i]));
  return out;
}

}  // namespace

StatusParts::StatusParts(db::Reader& r, Renderer& render, AccountId viewer, std::vector<PostId> posts)
    : posts_(each_once(std::move(posts))),
      texts_(by_id(posts_, render.status_list(r, social::Viewer{viewer}, posts_))) {}

std::string const* StatusParts::find(PostId post) const {
  auto found = texts_.find(post);
  return found == texts_.end() ? nullptr : &found->second;
}

AccountParts::AccountParts(db::Reader& r, Renderer& render, std::vector<AccountId> accounts)
    : accounts_(each_once(std::move(accounts))),
      texts_(by_id(accounts_, render.account_list(r, accounts_))) {}

std::string const* AccountParts::find(AccountId account) const {
  auto found = texts_.find(account);
  return found == texts_.end() ? nullptr : &found->second;
}

}  // namespace posy::api
