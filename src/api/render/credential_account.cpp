#include "api/render/credential_account.hpp"

#include "api/render/account.hpp"
#include "api/render/tag.hpp"
#include "api/render/words.hpp"
#include "base/error.hpp"
#include "store/profile_field.hpp"
#include "store/relation.hpp"
#include "store/tag_follow.hpp"

namespace posy::api {
namespace {

store::Account require_account(db::Reader& r, AccountId who) {
  auto account = store::find_account(r, who);
  if (!account) refuse(Refusal::not_found, not_found().message);
  return *account;
}

std::vector<entities::Field> source_fields(store::Account const& account) {
  std::vector<entities::Field> out;
  for (auto const& field : store::decode_fields(account.fields)) {
    entities::Field entity{field.name, field.source, {}};
    if (field.verified_at) entity.verified_at = from_milliseconds(*field.verified_at);
    out.push_back(std::move(entity));
  }
  return out;
}

}  // namespace

// Ids, names and permissions are those of the roles that Mastodon comes with: clients know what they allow.
entities::Role make_role(store::Role role) {
  switch (role) {
    case store::Role::user:
      return {.id = "-99", .name = "", .permissions = "0"};
    case store::Role::moderator:
      return {.id = "1", .name = "Moderator", .permissions = "1308", .highlighted = true};
    case store::Role::admin:
      return {.id = "2", .name = "Admin", .permissions = "983036", .highlighted = true};
    case store::Role::owner:
      return {.id = "3", .name = "Owner", .permissions = "1048575", .highlighted = true};
  }
  POSY_ASSERT(!"every role is rendered");
  return {};
}

entities::CredentialAccount load_credential_account(db::Reader& r, social::Site const& site, AccountId who) {
  auto account = require_account(r, who);
  auto login = store::find_login(r, who);
  if (!login) refuse(Refusal::not_found, not_found().message);
  entities::CredentialAccount out;
  static_cast<entities::Account&>(out) = load_account(r, site, account);
  out.role = make_role(login->role);
  auto& source = out.source;
  source.privacy = visibility_name(login->default_visibility);
  source.sensitive = login->default_sensitive;
  if (!login->default_language.empty()) source.language = login->default_language;
  source.quote_policy = quote_policy_name(login->default_quote_policy);
  source.note = account.note_source;
  source.fields = source_fields(account);
  source.follow_requests_count = store::count_follow_requests(r, who);
  source.hide_collections = account.hide_collections;
  source.discoverable = account.discoverable;
  source.indexable = account.indexable;
  source.attribution_domains = store::decode_domains(account.attribution_domains);
  return out;
}

entities::Profile load_profile(db::Reader& r, social::Site const& site, AccountId who) {
  auto account = require_account(r, who);
  entities::Profile out{.id = who.str(), .display_name = account.display_name, .note = account.note_source};
  out.fields = source_fields(account);
  if (!account.avatar.empty()) out.avatar = out.avatar_static = site.avatar_url(account);
  if (!account.header.empty()) out.header = out.header_static = site.header_url(account);
  out.avatar_description = account.avatar_description;
  out.header_description = account.header_description;
  out.locked = account.locked;
  out.bot = account.bot;
  out.hide_collections = account.hide_collections;
  out.discoverable = account.discoverable;
  out.indexable = account.indexable;
  out.show_media = account.show_media;
  out.show_media_replies = account.show_media_replies;
  out.show_featured = account.show_featured;
  out.attribution_domains = store::decode_domains(account.attribution_domains);
  out.featured_tags = make_featured_tags(r, site, who, store::featured_tags(r, who));
  return out;
}

}  // namespace posy::api
