#include "federation/uris.hpp"

#include "federation/vocabulary/iri.hpp"
#include "store/essay_slug.hpp"
#include "text/normalize.hpp"
#include "text/slug.hpp"

namespace posy::federation {
namespace {

std::optional<std::string_view> behind(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return {};
  return text.substr(prefix.size());
}

}  // namespace

std::optional<std::string_view> Uris::path_of(std::string_view uri) const {
  auto path = behind(uri, site_.base_url);
  if (!path || !path->starts_with('/')) return {};
  return path;
}

bool Uris::is_ours(std::string_view uri) const { return is_same_origin(uri, site_.base_url); }

std::optional<std::string> Uris::username(std::string_view uri) const {
  auto path = path_of(uri);
  if (!path) return {};
  auto name = behind(*path, "/users/");
  if (!name || name->empty() || name->find_first_of("/?#") != name->npos) return {};
  return std::string(*name);
}

std::optional<PostId> Uris::post_id(std::string_view uri) const {
  auto path = path_of(uri);
  if (!path) return {};
  std::string_view number;
  if (auto rest = behind(*path, "/users/")) {
    auto at = rest->find("/statuses/");
    if (at == rest->npos) return {};
    number = rest->substr(at + std::string_view("/statuses/").size());
  } else if (auto page = behind(*path, "/@")) {
    auto at = page->find('/');
    if (at == page->npos) return {};
    number = page->substr(at + 1);
  }
  if (auto id = parse_id(number)) return PostId{*id};
  return {};
}

std::optional<store::Account> Uris::find_account(db::Reader& r, std::string_view uri) const {
  if (!is_ours(uri)) return store::find_account_by_uri(r, uri);
  auto name = username(uri);
  return name ? store::find_account(r, *name, "") : std::nullopt;
}

// Of the page of an essay: /@NAME/SLUG.
std::optional<PostId> Uris::essay_id(db::Reader& r, std::string_view uri) const {
  auto path = path_of(uri);
  auto page = path ? behind(*path, "/@") : std::nullopt;
  auto at = page ? page->find('/') : std::string_view::npos;
  if (!page || at == page->npos || !text::is_slug(page->substr(at + 1))) return {};
  auto author = store::find_account(r, text::fold_username(page->substr(0, at)), "");
  auto slug = author ? store::find_slug(r, author->id, page->substr(at + 1)) : std::nullopt;
  if (!slug) return {};
  return slug->post;
}

std::optional<store::Post> Uris::find_post(db::Reader& r, std::string_view uri) const {
  if (!is_ours(uri)) return store::find_post_by_uri(r, uri);
  auto id = post_id(uri);
  if (!id) id = essay_id(r, uri);
  auto post = id ? store::find_post(r, *id) : std::nullopt;
  return post && post->is_local ? post : std::nullopt;
}

}  // namespace posy::federation
