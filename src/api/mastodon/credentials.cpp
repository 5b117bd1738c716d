// A person's own account: looking at it and changing it. (docs.joinmastodon.org/methods/accounts, profile)
#include "api/mastodon/routes.hpp"
#include "api/pool_result.hpp"
#include "api/render/credential_account.hpp"
#include "api/render/words.hpp"
#include "json/write.hpp"
#include "media/process.hpp"
#include "social/follow.hpp"
#include "social/profile.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::size_t pictures_bytes_max = 34u << 20;  // two pictures and the rest of a form
constexpr media::PictureSize avatar_size{400, 400};
constexpr media::PictureSize header_size{1500, 500};

struct FieldParams {
  std::optional<std::string> name;
  std::optional<std::string> value;
};
BOOST_DESCRIBE_STRUCT(FieldParams, (), (name, value))

struct SourceParams {
  std::optional<std::string> privacy;
  std::optional<bool> sensitive;
  std::optional<std::string> language;
  std::optional<std::string> quote_policy;
};
BOOST_DESCRIBE_STRUCT(SourceParams, (), (privacy, sensitive, language, quote_policy))

struct ProfileParams {
  std::optional<std::string> display_name;
  std::optional<std::string> note;
  json::Omittable<std::vector<FieldParams>> fields_attributes;
  std::optional<bool> locked;
  std::optional<bool> bot;
  std::optional<bool> discoverable;
  std::optional<bool> indexable;
  std::optional<bool> hide_collections;
  std::optional<bool> show_media;
  std::optional<bool> show_media_replies;
  std::optional<bool> show_featured;
  json::Omittable<std::vector<std::string>> attribution_domains;
  std::optional<std::string> avatar_description;
  std::optional<std::string> header_description;
  std::optional<SourceParams> source;
};
BOOST_DESCRIBE_STRUCT(ProfileParams, (),
                      (display_name, note, fields_attributes, locked, bot, discoverable, indexable,
                       hide_collections, show_media, show_media_replies, show_featured, attribution_domains,
                       avatar_description, header_description, source))

social::ProfileChange read_change(ProfileParams const& params) {
  social::ProfileChange change{.display_name = params.display_name,
                               .note = params.note,
                               .locked = params.locked,
                               .bot = params.bot,
                               .discoverable = params.discoverable,
                               .indexable = params.indexable,
                               .hide_collections = params.hide_collections,
                               .show_media = params.show_media,
                               .show_media_replies = params.show_media_replies,
                               .show_featured = params.show_featured,
                               .attribution_domains = params.attribution_domains,
                               .avatar_description = params.avatar_description,
                               .header_description = params.header_description};
  if (params.fields_attributes) {
    auto& fields = change.fields.emplace();
    for (auto const& field : *params.fields_attributes)
      fields.push_back({field.name.value_or(""), field.value.value_or("")});
  }
  return change;
}

std::optional<social::PostingDefaults> read_defaults(ProfileParams const& params) {
  if (!params.source) return {};
  auto const& source = *params.source;
  social::PostingDefaults defaults{.sensitive = source.sensitive, .language = source.language};
  if (source.privacy) defaults.visibility = parse_visibility(*source.privacy);
  if (source.quote_policy) defaults.quote_policy = parse_quote_policy(*source.quote_policy);
  return defaults;
}

http::File const* find_file(Request const& request, std::string_view name) {
  for (auto const& file : request.http.files)
    if (file.name == name && file.bytes > 0) return &file;
  return nullptr;
}

// The picture, made small and put into the blob store; its key.
Task<std::optional<std::string>> store_picture(Api& api, Request const& request, std::string_view name,
                                               media::PictureSize size) {
  auto const* file = find_file(request, name);
  if (!file) co_return std::nullopt;
  // The copy of `file` keeps the upload until the work is done.
  auto work = [&api, upload = *file, size] {
    media::Limits limits;
    limits.image_bytes_max = api.site.limits.image_bytes;
    auto picture = media::process_avatar(upload.path, api.work_dir, size.width, size.height, limits).value();
    return api.blobs.put(picture.original, picture.mime);
  };
  Task<std::string> storing = pool_result(api.pool, work);
  std::string key = co_await std::move(storing);
  co_return key;
}

// All of it is one change: nothing is kept when a part is refused.
Task<> update(Api& api, Request const& request) {
  auto params = request.read<ProfileParams>();
  auto change = read_change(params);
  auto defaults = read_defaults(params);
  std::optional<std::string> avatar = co_await store_picture(api, request, "avatar", avatar_size);
  change.avatar = std::move(avatar);
  std::optional<std::string> header = co_await store_picture(api, request, "header", header_size);
  change.header = std::move(header);
  auto act = [&](db::Writer& w) {
    social::update_profile(w, api.site, request.account(), change);
    if (defaults) social::update_defaults(w, request.account(), *defaults);
  };
  co_await api.db.write(act);
  if (params.locked.value_or(true)) co_return;
  auto accept = [&](db::Writer& w) { return social::accept_some_waiting(w, request.account()); };
  for (bool is_more = true; is_more;) is_more = co_await api.db.write(accept);
}

Task<http::Response> show(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    return json::to_json(load_credential_account(r, api.site, request.account()));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> show_profile_of(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return json::to_json(load_profile(r, api.site, request.account())); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

// Who somebody is may be asked with either scope; a route has one.
void require_profile_scope(Request const& request) {
  auto const& scopes = request.who.scopes;
  if (!scopes.allows(Scope::profile) && !scopes.allows(Scope::read_accounts))
    refuse(Refusal::forbidden, "This action is outside the authorized scopes");
}

Task<http::Response> verify_credentials(Api& api, Request const& request) {
  require_profile_scope(request);
  return show(api, request);
}

Task<http::Response> update_credentials(Api& api, Request const& request) {
  co_await update(api, request);
  http::Response response = co_await show(api, request);
  co_return response;
}

Task<http::Response> show_profile(Api& api, Request const& request) {
  require_profile_scope(request);
  return show_profile_of(api, request);
}

Task<http::Response> update_profile(Api& api, Request const& request) {
  co_await update(api, request);
  http::Response response = co_await show_profile_of(api, request);
  co_return response;
}

Task<http::Response> remove_picture(Api& api, Request const& request, social::ProfileChange change) {
  auto act = [&](db::Writer& w) { social::update_profile(w, api.site, request.account(), change); };
  co_await api.db.write(act);
  http::Response response = co_await show(api, request);
  co_return response;
}

Task<http::Response> remove_avatar(Api& api, Request const& request) {
  social::ProfileChange change{.avatar = ""};
  return remove_picture(api, request, std::move(change));
}

Task<http::Response> remove_header(Api& api, Request const& request) {
  social::ProfileChange change{.header = ""};
  return remove_picture(api, request, std::move(change));
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/accounts/verify_credentials", Scope::any_user, verify_credentials},
    {.method = Method::patch,
     .pattern = "/api/v1/accounts/update_credentials",
     .access = Scope::write_accounts,
     .handler = update_credentials,
     .body_max = pictures_bytes_max,
     .files = true},
    {Method::get, "/api/v1/profile", Scope::any_user, show_profile},
    {.method = Method::patch,
     .pattern = "/api/v1/profile",
     .access = Scope::write_accounts,
     .handler = update_profile,
     .body_max = pictures_bytes_max,
     .files = true},
    {Method::delete_, "/api/v1/profile/avatar", Scope::write_accounts, remove_avatar},
    {Method::delete_, "/api/v1/profile/header", Scope::write_accounts, remove_header},
};

}  // namespace

std::span<Route const> credentials_routes() {
  return routes;
}

}  // namespace posy::api
