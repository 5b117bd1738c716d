// OAuth scopes as Mastodon documents them: `read`, `write`, `follow`, `push`, `profile`, `admin:read`,
// `admin:write`, and the granular ones below them. (docs.joinmastodon.org, "OAuth Scopes")
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posy::api {

// What a route asks for. The first three are no scopes: anybody (a token is not even looked at), any valid
// token, any valid token of a person.
enum class Scope : std::uint8_t {
  open,
  any_token,
  any_user,
  read_accounts,
  read_blocks,
  read_bookmarks,
  read_collections,
  read_favourites,
  read_filters,
  read_follows,
  read_lists,
  read_mutes,
  read_notifications,
  read_search,
  read_statuses,
  write_accounts,
  write_blocks,
  write_bookmarks,
  write_collections,
  write_conversations,
  write_favourites,
  write_filters,
  write_follows,
  write_lists,
  write_media,
  write_mutes,
  write_notifications,
  write_reports,
  write_statuses,
  profile,
  push,
  admin_read,
  admin_read_domain_allows,
  admin_read_domain_blocks,
  admin_write,
  admin_write_domain_allows,
  admin_write_domain_blocks,
};

// Who may call a route: who has a token with the scope; with `visitors` also who sends no token at all.
struct Access {
  constexpr Access(Scope of_token) : scope(of_token) {}
  Scope scope;
  bool visitors = false;
};

constexpr Access visitors_or(Scope scope) {
  Access access(scope);
  access.visitors = true;
  return access;
}

// A set of granted scopes, as bits of Scope.
class Scopes {
 public:
  // "read write:media": separated by blanks; nullopt when one of them is unknown.
  static std::optional<Scopes> parse(std::string_view text);
  bool allows(Scope scope) const { return (bits_ >> static_cast<int>(scope) & 1) != 0; }
  bool contains(Scopes other) const { return (other.bits_ & ~bits_) == 0; }
  bool empty() const { return bits_ == 0; }
  void add(Scopes other) { bits_ |= other.bits_; }

 private:
  std::uint64_t bits_ = 0;
};

// Scopes as they come from outside, where `+` and commas divide them too, with one blank between each two.
// Used where they come in: all else knows blanks only, so that nobody divides them in another way.
std::string normalize_scopes(std::string_view text);

// "read:statuses", for messages and metadata; empty for the first three.
std::string_view name_of(Scope scope);
// Every scope that may be asked for, the wide ones included, for the server metadata.
std::vector<std::string> const& scope_names();

}  // namespace posy::api
