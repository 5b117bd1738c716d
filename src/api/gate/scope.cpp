#include "api/gate/scope.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace posy::api {
namespace {

constexpr std::pair<Scope, std::string_view> granular[] = {
    {Scope::read_accounts, "read:accounts"},
    {Scope::read_blocks, "read:blocks"},
    {Scope::read_bookmarks, "read:bookmarks"},
    {Scope::read_collections, "read:collections"},
    {Scope::read_favourites, "read:favourites"},
    {Scope::read_filters, "read:filters"},
    {Scope::read_follows, "read:follows"},
    {Scope::read_lists, "read:lists"},
    {Scope::read_mutes, "read:mutes"},
    {Scope::read_notifications, "read:notifications"},
    {Scope::read_search, "read:search"},
    {Scope::read_statuses, "read:statuses"},
    {Scope::write_accounts, "write:accounts"},
    {Scope::write_blocks, "write:blocks"},
    {Scope::write_bookmarks, "write:bookmarks"},
    {Scope::write_collections, "write:collections"},
    {Scope::write_conversations, "write:conversations"},
    {Scope::write_favourites, "write:favourites"},
    {Scope::write_filters, "write:filters"},
    {Scope::write_follows, "write:follows"},
    {Scope::write_lists, "write:lists"},
    {Scope::write_media, "write:media"},
    {Scope::write_mutes, "write:mutes"},
    {Scope::write_notifications, "write:notifications"},
    {Scope::write_reports, "write:reports"},
    {Scope::write_statuses, "write:statuses"},
    {Scope::profile, "profile"},
    {Scope::push, "push"},
    {Scope::admin_read, "admin:read"},
    {Scope::admin_read_domain_allows, "admin:read:domain_allows"},
    {Scope::admin_read_domain_blocks, "admin:read:domain_blocks"},
    {Scope::admin_write, "admin:write"},
    {Scope::admin_write_domain_allows, "admin:write:domain_allows"},
    {Scope::admin_write_domain_blocks, "admin:write:domain_blocks"},
};

// The old scope `follow` stands for these.
constexpr Scope follow_scopes[] = {Scope::read_blocks,  Scope::read_follows,  Scope::read_mutes,
                                   Scope::write_blocks, Scope::write_follows, Scope::write_mutes};

constexpr std::uint64_t bit(Scope scope) { return std::uint64_t{1} << static_cast<int>(scope); }

// The bits of one name; 0 when it is unknown.
std::uint64_t bits_of(std::string_view name) {
  std::uint64_t bits = 0;
  if (name == "follow") {
    for (Scope scope : follow_scopes) bits |= bit(scope);
    return bits;
  }
  for (auto const& [scope, known] : granular) {
    bool is_wide = name == "read" || name == "write" || name == "admin:read" || name == "admin:write";
    bool below = is_wide && known.size() > name.size() && known.starts_with(name) && known[name.size()] == ':';
    if (known == name || below) bits |= bit(scope);
  }
  if (bits != 0) return bits;
  // Mastodon has more below admin:read and admin:write than there are doors for here: those are taken as the wide one,
  // without what has a name of its own.
  for (auto [wide, scope] : {std::pair{std::string_view("admin:read:"), Scope::admin_read},
                             std::pair{std::string_view("admin:write:"), Scope::admin_write}})
    if (name.size() > wide.size() && name.starts_with(wide)) bits |= bit(scope);
  return bits;
}

}  // namespace

std::optional<Scopes> Scopes::parse(std::string_view text) {
  Scopes out;
  while (!text.empty()) {
    auto end = text.find(' ');
    auto name = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (name.empty()) continue;
    auto bits = bits_of(name);
    if (bits == 0) return {};
    out.bits_ |= bits;
  }
  return out;
}

std::string normalize_scopes(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '+' || c == ',') c = ' ';
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string_view name_of(Scope scope) {
  for (auto const& [known, name] : granular)
    if (known == scope) return name;
  return {};
}

std::vector<std::string> const& scope_names() {
  static std::vector<std::string> const names = [] {
    std::vector<std::string> all = {"read", "write", "follow"};
    for (auto const& [scope, name] : granular) all.emplace_back(name);
    return all;
  }();
  return names;
}

}  // namespace posy::api
