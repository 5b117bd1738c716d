// Logins: how the people of this server sign in, what they may do, and what they prefer.
#pragma once

#include <optional>
#include <string>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"
#include "store/post.hpp"
#include "store/reach.hpp"

namespace posy::store {

enum class Role { user, moderator, admin, owner };

constexpr EnumName<Role> role_names[] = {
    {Role::user, "user"}, {Role::moderator, "moderator"}, {Role::admin, "admin"}, {Role::owner, "owner"}};
inline std::string_view name_of(Role role) { return name_in(role_names, role); }
inline std::optional<Role> parse_enum(std::string_view name, Role*) { return find_in(role_names, name); }

struct Login {
  AccountId account;
  std::string email;
  std::string email_key;  // lower case
  std::string password_hash;
  Role role = Role::user;
  std::string locale = "en";
  std::string reason;               // why an applicant wants to join
  std::optional<Time> approved_at;  // none while the application waits
  std::optional<Time> disabled_at;
  Time created_at;
  Visibility default_visibility = Visibility::everyone;
  bool default_sensitive = false;
  std::string default_language;
  QuotePolicy default_quote_policy = QuotePolicy::everyone;
  std::string expand_media = "default";  // default, show_all, hide_all
  bool expand_spoilers = false;
  bool autoplay_gifs = false;
  ReplyReach reply_reach = ReplyReach::automatic;
};
BOOST_DESCRIBE_STRUCT(Login, (),
                      (account, email, email_key, password_hash, role, locale, reason, approved_at,
                       disabled_at, created_at, default_visibility, default_sensitive, default_language,
                       default_quote_policy, expand_media, expand_spoilers, autoplay_gifs,
                       reply_reach))

std::optional<Login> find_login(db::Reader& r, AccountId account);
std::optional<Login> find_login_by_email(db::Reader& r, std::string_view email);  // case does not matter
bool has_owner(db::Reader& r);
void insert_login(db::Writer& w, Login const& login);
void update_login(db::Writer& w, Login const& login);  // all but account and created_at

}  // namespace posy::store
