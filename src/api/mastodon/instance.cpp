// What a client must know about this server. (docs.joinmastodon.org/methods/instance)
#include "api/mastodon/instance.hpp"

#include "api/entities/instance.hpp"
#include "api/mastodon/kept.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/renderer.hpp"
#include "base/encoding.hpp"
#include "json/write.hpp"
#include "media/limits.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr auto activity_weeks = 12;

entities::InstanceConfiguration configuration(Api const& api) {
  auto const& limits = api.site.limits;
  auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  entities::InstanceConfiguration out;
  out.accounts.max_featured_tags = 10;
  out.accounts.max_pinned_statuses = number(limits.pinned_posts);
  out.accounts.max_profile_fields = number(limits.profile_fields);
  out.accounts.profile_field_name_limit = 255;
  out.accounts.profile_field_value_limit = 255;
  out.accounts.max_display_name_length = number(limits.display_name_characters);
  out.accounts.max_note_length = number(limits.note_characters);
  out.accounts.max_avatar_description_length = 150;
  out.accounts.max_header_description_length = 150;
  out.statuses.max_characters = number(limits.post_characters);
  out.statuses.max_media_attachments = number(limits.media_attachments);
  out.statuses.supported_mime_types = {"text/plain", "text/markdown"};
  media::Limits pictures;
  out.media_attachments.description_limit = number(limits.media_description_characters);
  out.media_attachments.image_matrix_limit = number(pictures.pixels_max);
  out.media_attachments.image_size_limit = number(limits.image_bytes);
  out.media_attachments.video_size_limit = number(limits.video_bytes);
  out.media_attachments.video_matrix_limit = 8'294'400;
  out.media_attachments.video_frame_rate_limit = 120;
  out.media_attachments.supported_mime_types = {
      "image/jpeg", "image/png",  "image/gif",  "image/webp", "image/avif", "image/heic", "image/heif", "video/mp4",
      "video/webm", "video/quicktime", "audio/mpeg", "audio/ogg", "audio/wav", "audio/flac", "audio/aac", "audio/mp4"};
  out.polls.max_options = number(limits.poll_options);
  out.polls.max_characters_per_option = number(limits.poll_option_characters);
  out.polls.min_expiration = limits.poll_seconds_min;
  out.polls.max_expiration = limits.poll_seconds_max;
  return out;
}

Task<std::optional<json::Raw>> contact(Api& api) {
  auto load = [&](db::Reader& r) -> std::optional<json::Raw> {
    auto account = store::contact_account(r);
    if (!account) return {};
    return json::Raw{api.render.account(r, *account)};
  };
  std::optional<json::Raw> out = co_await api.db.read(load);
  co_return out;
}

Task<http::Response> show_v2(Api& api, Request const&) {
  auto const& site = api.site;
  entities::Instance out;
  out.domain = site.account_domain;
  out.title = site.title;
  out.version = api_version();
  out.source_url = site.base_url + "/about";
  out.description = escape_html(site.description);
  auto numbers = co_await instance_counts(api);
  out.usage.users.active_month = numbers.active_month;
  out.thumbnail.url = site.base_url + "/assets/header.png";
  out.icon = {{site.base_url + "/assets/posy.svg", "512x512"}};
  out.languages = site.languages;
  out.configuration = configuration(api);
  entities::InstanceUrls urls;
  urls.streaming = site.streaming_url();
  urls.about = site.base_url + "/about";
  out.configuration.urls = urls;
  out.configuration.vapid = entities::InstanceVapid{api.push_key};
  out.registrations.enabled = site.registrations != social::Registrations::closed;
  out.registrations.approval_required = site.registrations == social::Registrations::approval;
  out.registrations.reason_required = out.registrations.approval_required;
  out.api_versions = {{"mastodon", 7}};
  out.contact.email = site.contact_email;
  out.contact.account = co_await contact(api);
  co_return http::json(json::to_json(out));
}

Task<http::Response> show_v1(Api& api, Request const&) {
  auto const& site = api.site;
  entities::V1Instance out;
  out.uri = site.account_domain;
  out.title = site.title;
  out.short_description = escape_html(site.description);
  out.description = out.short_description;
  out.email = site.contact_email;
  out.version = api_version();
  out.urls.streaming_api = site.streaming_url();
  auto numbers = co_await instance_counts(api);
  out.stats = {numbers.people, numbers.posts, numbers.domains};
  out.thumbnail = site.base_url + "/assets/header.png";
  out.languages = site.languages;
  out.registrations = site.registrations != social::Registrations::closed;
  out.approval_required = site.registrations == social::Registrations::approval;
  out.configuration = configuration(api);
  out.max_toot_chars = out.configuration.statuses.max_characters;
  out.contact_account = co_await contact(api);
  co_return http::json(json::to_json(out));
}

Task<http::Response> peers(Api& api, Request const&) {
  auto load = [](db::Reader& r) { return store::known_domains(r); };
  auto domains = co_await find_kept(api, api.numbers.domains, load);
  co_return http::json(json::to_json(domains));
}

Task<http::Response> activity(Api& api, Request const&) {
  auto load = [](db::Reader& r) { return store::weekly_activity(r, activity_weeks); };
  auto weeks = co_await find_kept(api, api.numbers.weeks, load);
  std::vector<entities::InstanceWeek> out;
  for (auto const& week : weeks)
    out.push_back({std::to_string(to_milliseconds(week.begins) / 1000), std::to_string(week.posts),
                   std::to_string(week.logins), std::to_string(week.registrations)});
  co_return http::json(json::to_json(out));
}

// This server has no rules of its own to show yet.
Task<http::Response> none(Api&, Request const&) { co_return http::json("[]"); }

// What could be dismissed or reacted to is not there: the list above is empty.
Task<http::Response> no_announcement(Api&, Request const&) { co_return http::error(404, "Announcement not found"); }

Task<http::Response> no_translation(Api&, Request const&) { co_return http::json("{}"); }

Task<http::Response> description(Api& api, Request const&) {
  entities::Document out{{}, api.site.description.empty() ? "" : "<p>" + escape_html(api.site.description) + "</p>"};
  co_return http::json(json::to_json(out));
}

Task<http::Response> privacy_policy(Api& api, Request const&) {
  // What Posy does with data is the same wherever it runs; an operator who does more must say so herself.
  entities::Document out{"2026-11-22T00:00:00.000Z",
                         "<p>" + escape_html(api.site.title) +
                             " keeps what its people write, upload and choose, the address and program of signed-in "
                             "sessions, and what other servers send to them. Passwords and tokens are kept only as "
                             "digests. Nothing is sold, and no page loads anything from a third party.</p>"};
  co_return http::json(json::to_json(out));
}

Task<http::Response> terms(Api&, Request const&) { co_return http::error(404, "Record not found"); }

constexpr Route routes[] = {
    {Method::get, "/api/v1/instance", Scope::open, show_v1},
    {Method::get, "/api/v2/instance", Scope::open, show_v2},
    {Method::get, "/api/v1/instance/peers", Scope::open, peers},
    {Method::get, "/api/v1/instance/activity", Scope::open, activity},
    {Method::get, "/api/v1/instance/rules", Scope::open, none},
    {Method::get, "/api/v1/instance/extended_description", Scope::open, description},
    {Method::get, "/api/v1/instance/privacy_policy", Scope::open, privacy_policy},
    {Method::get, "/api/v1/instance/terms_of_service", Scope::open, terms},
    {Method::get, "/api/v1/instance/terms_of_service/:date", Scope::open, terms},
    {Method::get, "/api/v1/instance/translation_languages", Scope::open, no_translation},
    {Method::get, "/api/v1/announcements", Scope::any_user, none},
    {Method::post, "/api/v1/announcements/:id/dismiss", Scope::write_accounts, no_announcement},
    {Method::put, "/api/v1/announcements/:id/reactions/:name", Scope::write_favourites, no_announcement},
    {Method::delete_, "/api/v1/announcements/:id/reactions/:name", Scope::write_favourites, no_announcement},
};

}  // namespace

Task<store::InstanceCounts> instance_counts(Api& api) {
  auto load = [](db::Reader& r) { return store::count_instance(r); };
  store::InstanceCounts out = co_await find_kept(api, api.numbers.counts, load);
  co_return out;
}

// Clients read a Mastodon version off the front and switch features on by it.
std::string api_version() { return "4.5.0 (compatible; Posy " POSY_VERSION ")"; }

std::span<Route const> instance_routes() { return routes; }

}  // namespace posy::api
