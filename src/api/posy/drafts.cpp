// Drafts on the server, with versions. (docs/posy-api.md)
#include "api/mastodon/meet.hpp"
#include "api/mastodon/paging.hpp"
#include "api/posy/routes.hpp"
#include "api/render/draft.hpp"
#include "api/render/renderer.hpp"
#include "api/render/scheduled.hpp"
#include "api/render/words.hpp"
#include "json/write.hpp"
#include "social/compose.hpp"
#include "social/essay.hpp"
#include "social/manuscripts.hpp"
#include "social/scheduled.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int limit_default = 20, limit_max = 40;
// A text of a mebibyte, written as JSON or as a form, where some characters take several.
constexpr std::size_t draft_body_max = 4 << 20;

struct DraftParams {
  std::optional<std::int64_t> version;
  std::optional<PostId> status_id;
  std::optional<std::string> title;
  std::optional<std::string> summary;
  std::optional<std::string> slug;
  std::optional<std::string> text;
  std::optional<std::string> content_type;
  std::optional<std::string> spoiler_text;
  std::optional<bool> sensitive;
  std::optional<std::string> language;
  std::optional<std::string> visibility;
  std::optional<std::string> quote_approval_policy;
  json::Omittable<std::optional<MediaId>> cover_id;
  std::optional<std::vector<MediaId>> media_ids;
};
BOOST_DESCRIBE_STRUCT(DraftParams, (),
                      (version, status_id, title, summary, slug, text, content_type, spoiler_text, sensitive, language,
                       visibility, quote_approval_policy, cover_id, media_ids))

struct PublishParams {
  std::optional<std::int64_t> version;
  std::optional<Time> scheduled_at;
  std::optional<std::string> announcement;
};
BOOST_DESCRIBE_STRUCT(PublishParams, (), (version, scheduled_at, announcement))

bool is_given(std::optional<std::string> const& text) { return text && !text->empty(); }

social::ManuscriptChange change_from(DraftParams const& params) {
  social::ManuscriptChange change;
  change.title = params.title;
  change.summary = params.summary;
  change.slug = params.slug;
  change.text = params.text;
  if (is_given(params.content_type)) change.source_type = parse_content_type(*params.content_type);
  change.notice = params.spoiler_text;
  change.sensitive = params.sensitive;
  change.language = params.language;
  if (is_given(params.visibility)) change.visibility = parse_visibility(*params.visibility);
  if (is_given(params.quote_approval_policy)) change.quote_policy = parse_quote_policy(*params.quote_approval_policy);
  if (params.cover_id) change.cover = params.cover_id->value_or(MediaId{});
  change.media = params.media_ids;
  return change;
}

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<DraftParams>();
  auto change = change_from(params);
  auto act = [&](db::Writer& w) {
    auto made =
        social::begin_manuscript(w, request.account(), params.status_id.value_or(PostId{}), change);
    return json::to_json(load_draft(w, api.site, made));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

struct Shown {
  std::string body;
  std::vector<RowId> ids;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto load = [&](db::Reader& r) {
    Shown shown;
    std::vector<entities::DraftHead> heads;
    for (auto const& head : store::manuscripts_by(r, request.account(), page)) {
      heads.push_back(make_draft_head(head));
      shown.ids.push_back(head.id);
    }
    shown.body = json::to_json(heads);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) {
    return json::to_json(load_draft(r, api.site, social::find_own_manuscript(r, request.account(), id)));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> save(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto params = request.read<DraftParams>();
  if (!params.version) refuse(Refusal::unprocessable, "Validation failed: Version can't be blank");
  auto change = change_from(params);
  auto act = [&](db::Writer& w) {
    auto saved = social::save_manuscript(w, request.account(), id, *params.version, change);
    return json::to_json(load_draft(w, api.site, saved));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) { social::delete_own_manuscript(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> versions(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) {
    auto m = social::find_own_manuscript(r, request.account(), id);
    std::vector<entities::DraftVersionHead> heads;
    for (auto const& head : store::versions_of(r, m.id, social::manuscript_versions_max))
      heads.push_back(make_version_head(head));
    return json::to_json(heads);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> version(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto number = parse_id(request.http.path_param("version"));
  auto load = [&](db::Reader& r) {
    auto m = social::find_own_manuscript(r, request.account(), id);
    auto found = number ? store::find_version(r, m.id, *number) : std::nullopt;
    if (!found) refuse(Refusal::not_found, not_found().message);
    return json::to_json(make_version(*found));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

// Rendering a long text takes a while: not on the thread that serves.
Task<http::Response> preview(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) {
    auto m = social::find_own_manuscript(r, request.account(), id);
    bool is_essay = !m.title.empty() && m.source_type == store::SourceType::markdown;
    auto composed = is_essay ? social::compose_essay(r, api.site, m.account, m.text)
                             : social::compose(r, api.site, m.text, m.source_type);
    entities::DraftPreview out{.title = m.title, .summary = m.summary, .content = composed.html, .slug = {}};
    if (!m.title.empty()) out.slug = social::choose_slug(r, m.account, m.post, m.slug, m.title);
    return json::to_json(out);
  };
  Task<std::string> loading = api.db.read_long(load);
  std::string body = co_await std::move(loading);
  co_return http::json(std::move(body));
}

Task<http::Response> publish(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto params = request.read<PublishParams>();
  social::Publication publication{request.who.app, params.version, params.announcement.value_or("")};
  auto find = [&](db::Reader& r) { return social::find_own_manuscript(r, request.account(), id); };
  store::Manuscript known = co_await api.db.read(find);
  Task<> meeting = meet_mentioned(api, known.text, known.source_type);
  co_await std::move(meeting);
  if (params.scheduled_at) {
    auto act = [&](db::Writer& w) {
      auto row = social::schedule_manuscript(w, api.site, request.account(), id, publication, *params.scheduled_at);
      return json::to_json(load_scheduled(w, api.site, {social::find_own_scheduled(w, request.account(), row)}).front());
    };
    std::string scheduled = co_await api.db.write(act);
    co_return http::json(std::move(scheduled));
  }
  auto act = [&](db::Writer& w) {
    return social::publish_manuscript(w, api.site, request.account(), id, publication);
  };
  PostId post = co_await api.db.write(act);
  auto load = [&](db::Reader& r) { return api.render.status(r, request.viewer(), post); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::post, "/api/posy/v1/drafts", Scope::write_statuses, create, Rate::standard, draft_body_max},
    {Method::get, "/api/posy/v1/drafts", Scope::read_statuses, list},
    {Method::get, "/api/posy/v1/drafts/:id", Scope::read_statuses, show},
    {Method::put, "/api/posy/v1/drafts/:id", Scope::write_statuses, save, Rate::standard, draft_body_max},
    {Method::delete_, "/api/posy/v1/drafts/:id", Scope::write_statuses, remove},
    {Method::get, "/api/posy/v1/drafts/:id/versions", Scope::read_statuses, versions},
    {Method::get, "/api/posy/v1/drafts/:id/versions/:version", Scope::read_statuses, version},
    {Method::get, "/api/posy/v1/drafts/:id/preview", Scope::read_statuses, preview},
    {Method::post, "/api/posy/v1/drafts/:id/publish", Scope::write_statuses, publish},
};

}  // namespace

std::span<Route const> posy_drafts_routes() {
  return routes;
}

}  // namespace posy::api
