#include "social/search.hpp"

#include <algorithm>

#include "store/account_search.hpp"
#include "store/essay_slug.hpp"
#include "store/other_name.hpp"
#include "store/search.hpp"
#include "store/tag_follow.hpp"
#include "text/normalize.hpp"
#include "text/search.hpp"

namespace posy::social {
namespace {

constexpr std::size_t query_bytes_max = 1000;

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view take_segment(std::string_view& path) {
  auto end = path.find('/');
  auto segment = path.substr(0, end);
  path.remove_prefix(end == path.npos ? path.size() : end + 1);
  return segment;
}

struct Named {
  std::optional<store::Account> account;
  std::optional<store::Post> post;
};

// What an address of this server is about: /@NAME, /@NAME/ID, /@NAME/SLUG, /users/NAME, /users/NAME/statuses/ID.
Named find_local(db::Reader& r, std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  std::string_view name = take_segment(path);
  bool is_uri = name == "users";
  if (is_uri)
    name = take_segment(path);
  else if (name.starts_with('@'))
    name.remove_prefix(1);
  else
    return {};
  Named named;
  named.account = store::find_account(r, name, "");
  if (!named.account || path.empty()) return named;
  if (is_uri && take_segment(path) != "statuses") return {};
  auto id = parse_id(path);
  if (auto slug = id || is_uri ? std::nullopt : store::find_slug(r, named.account->id, path)) id = slug->post.value;
  named.post = id ? store::find_post(r, PostId{*id}) : std::nullopt;
  if (named.post && named.post->author != named.account->id) named.post.reset();
  named.account.reset();
  return named;
}

Named find_address(db::Reader& r, Site const& site, std::string_view address) {
  std::string home = site.base_url + "/";
  if (address.starts_with(home)) return find_local(r, address.substr(home.size()));
  Named named;
  named.account = r.find<store::Account>("select :row from account where uri = $1", address);
  named.post = r.find<store::Post>("select :row from post where uri = $1", address);
  if (named.account || named.post) return named;
  if (auto page = store::find_page_of(r, address)) {
    named.account = page->account ? store::find_account(r, page->account) : std::nullopt;
    named.post = page->post ? store::find_post(r, page->post) : std::nullopt;
  }
  return named;
}

Found found_by_address(db::Reader& r, Site const& site, Viewer viewer, SearchQuery const& query,
                       std::string_view address) {
  Found found;
  if (query.offset > 0) return found;
  Named named = find_address(r, site, address);
  if (query.accounts && named.account && !named.account->suspended_at) found.accounts = {named.account->id};
  if (query.posts && named.post && may_see(r, viewer, *named.post)) found.posts = {named.post->id};
  return found;
}

std::vector<store::Tag> find_tags(db::Reader& r, SearchQuery const& query, std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::string prefix = text::fold_tag(text);
  if (prefix.empty() || text.find(' ') != text.npos) return {};
  auto tags = store::search_tags(r, prefix, query.limit, query.offset);
  if (!query.only_used_tags) return tags;
  std::vector<TagId> ids;
  for (auto const& tag : tags) ids.push_back(tag.id);
  auto today = std::chrono::floor<std::chrono::days>(r.now()).time_since_epoch().count();
  auto days = store::tag_days(r, ids, static_cast<int>(today) - 6);
  std::erase_if(tags, [&](auto const& tag) {
    return std::ranges::find(days, tag.id, &store::TagDay::tag) == days.end();
  });
  return tags;
}

std::vector<PostId> find_posts(db::Reader& r, Viewer viewer, SearchQuery const& query) {
  if (!viewer.account) return {};
  store::PostSearch search{text::search_words(query.text), viewer.account, query.author};
  store::Page page{.limit = query.limit + query.offset};
  if (query.posts_before) page.before = query.posts_before;
  if (query.posts_after) page.after = query.posts_after;
  auto posts = visible_posts(r, viewer, store::search_posts(r, search, page));
  posts.erase(posts.begin(), posts.begin() + std::min<std::ptrdiff_t>(query.offset, std::ssize(posts)));
  return posts;
}

}  // namespace

std::optional<store::Account> find_handle(db::Reader& r, Site const& site, std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  auto at = handle.find('@');
  std::string domain;
  if (at != handle.npos) {
    auto folded = text::to_ascii_domain(handle.substr(at + 1));
    if (!folded && handle.substr(at + 1) != site.account_domain) return {};
    bool const is_ours = folded && (*folded == site.account_domain || *folded == site.host);
    if (folded && !is_ours) domain = *folded;
  }
  auto name = handle.substr(0, at);
  auto account = store::find_account(r, name, domain);
  return account || domain.empty() ? account : store::find_account_by_other_handle(r, name, domain);
}

namespace {

// "@alice@web.a.example" with the domain that stands behind her @, where that is another one; else as it is.
std::string as_known(db::Reader& r, Site const& site, std::string_view text) {
  std::string_view handle = text.substr(text.starts_with('@'));
  auto at = handle.find('@');
  if (at == 0 || at == handle.npos || handle.find(' ') != handle.npos) return std::string(text);
  auto account = find_handle(r, site, handle);
  if (!account) return std::string(text);
  return "@" + account->username + "@" + (account->domain.empty() ? site.account_domain : account->domain);
}

}  // namespace

std::vector<AccountId> search_people(db::Reader& r, Site const& site, Viewer viewer, std::string_view text,
                                     bool only_followed, int limit, int offset) {
  return store::search_accounts(r, {.text = as_known(r, site, trim(text.substr(0, query_bytes_max))),
                                    .viewer = viewer.account,
                                    .only_followed = only_followed,
                                    .account_domain = site.account_domain,
                                    .limit = limit,
                                    .offset = offset});
}

Found search(db::Reader& r, Site const& site, Viewer viewer, SearchQuery const& query) {
  std::string_view text = trim(std::string_view(query.text).substr(0, query_bytes_max));
  if (text.starts_with("https://") || text.starts_with("http://"))
    return found_by_address(r, site, viewer, query, text);
  Found found;
  bool is_tag = text.starts_with('#'), is_handle = text.starts_with('@');
  if (query.accounts && !is_tag)
    found.accounts = search_people(r, site, viewer, text, query.only_followed, query.limit, query.offset);
  if (query.tags && !is_handle) found.tags = find_tags(r, query, text);
  if (query.posts && !is_handle) found.posts = find_posts(r, viewer, query);
  return found;
}

}  // namespace posy::social
