#include "api/render/account.hpp"

#include <boost/json.hpp>

#include "json/parse.hpp"
#include "json/write.hpp"
#include "store/move.hpp"
#include "text/emoji.hpp"

namespace posy::api {

entities::CustomEmoji make_emoji(social::Site const& site, store::CustomEmoji const& emoji) {
  entities::CustomEmoji out;
  out.shortcode = emoji.shortcode;
  out.url = site.emoji_url(emoji);
  out.static_url = site.static_emoji_url(emoji);
  out.visible_in_picker = emoji.visible;
  if (!emoji.category.empty()) out.category = emoji.category;
  return out;
}

std::vector<entities::CustomEmoji> make_emojis(social::Site const& site,
                                               std::vector<store::CustomEmoji> const& emojis) {
  std::vector<entities::CustomEmoji> out;
  for (auto const& emoji : emojis) out.push_back(make_emoji(site, emoji));
  return out;
}

std::vector<entities::Field> make_fields(std::string const& stored) {
  std::vector<entities::Field> out;
  if (stored.empty() || stored == "[]") return out;
  auto parsed = json::parse(stored);
  if (!parsed || !parsed->is_array()) return out;
  for (auto const& item : parsed->get_array()) {
    auto const* object = item.if_object();
    if (!object) continue;
    auto text = [&](char const* key) {
      auto const* value = object->if_contains(key);
      return value && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    entities::Field field{text("name"), text("value"), {}};
    if (auto const* verified = object->if_contains("verified_at"); verified && verified->is_int64())
      field.verified_at = from_milliseconds(verified->get_int64());
    out.push_back(std::move(field));
  }
  return out;
}

namespace {

// The rule of social/collections.hpp, which is the same for every viewer.
entities::FeatureApproval make_feature_approval(store::Account const& account) {
  if (!account.is_local()) return {.current_user = "missing"};
  if (!account.discoverable || account.suspended_at) return {.current_user = "denied"};
  return {.automatic = {"public"}, .current_user = "automatic"};
}

}  // namespace

entities::Account make_account(social::Site const& site, store::Account const& account,
                               store::AccountStats const& stats, std::vector<entities::CustomEmoji> emojis) {
  entities::Account out;
  out.id = account.id.str();
  out.username = account.username;
  out.acct = account.acct();
  out.url = site.account_url(account);
  out.uri = site.account_uri(account);
  out.created_at = account.created_at;
  out.avatar = out.avatar_static = site.avatar_url(account);
  out.header = out.header_static = site.header_url(account);
  out.locked = account.locked;
  out.bot = account.bot;
  out.roles = {};
  out.feature_approval = make_feature_approval(account);
  if (account.suspended_at) {
    // Nothing of what a suspended account says about itself is shown.
    out.suspended = true;
    out.avatar = out.avatar_static = site.base_url + "/assets/avatar.png";
    out.header = out.header_static = site.base_url + "/assets/header.png";
    return out;
  }
  out.display_name = account.display_name;
  out.note = account.note;
  out.discoverable = account.discoverable;
  out.indexable = account.indexable;
  out.noindex = !account.indexable;
  out.avatar_description = account.avatar_description;
  out.header_description = account.header_description;
  out.followers_count = stats.followers;
  out.following_count = stats.following;
  out.statuses_count = stats.posts;
  if (stats.last_post_at) out.last_status_at = to_date(*stats.last_post_at);
  out.hide_collections = account.hide_collections;
  out.emojis = std::move(emojis);
  out.fields = make_fields(account.fields);
  if (account.silenced_at) out.limited = true;
  if (account.memorial) out.memorial = true;
  return out;
}

std::vector<entities::CustomEmoji> emojis_in(db::Reader& r, social::Site const& site, std::string_view domain,
                                             std::string_view text) {
  auto codes = text::find_shortcodes(text);
  if (codes.empty()) return {};
  return make_emojis(site, store::emojis_by_code(r, domain, codes));
}

namespace {

entities::Account load_alone(db::Reader& r, social::Site const& site, store::Account const& account) {
  auto stats = store::account_stats(r, {account.id});
  auto emojis = emojis_in(r, site, account.domain, account.display_name + " " + account.note + " " + account.fields);
  return make_account(site, account, stats.empty() ? store::AccountStats{account.id} : stats.front(),
                      std::move(emojis));
}

}  // namespace

entities::Account load_account(db::Reader& r, social::Site const& site, store::Account const& account) {
  auto out = load_alone(r, site, account);
  auto target = account.suspended_at ? AccountId{} : store::moved_to(r, account.id);
  auto moved = target ? store::find_account(r, target) : std::nullopt;
  if (moved) out.moved = json::Raw{json::to_json(load_alone(r, site, *moved))};
  return out;
}

}  // namespace posy::api
