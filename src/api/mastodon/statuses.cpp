// Writing, reading, editing and deleting posts. (docs.joinmastodon.org/methods/statuses)
#include "api/entities/status_parts.hpp"
#include "api/mastodon/meet.hpp"
#include "api/mastodon/routes.hpp"
#include "api/mastodon/status_params.hpp"
#include "api/render/history.hpp"
#include "api/render/renderer.hpp"
#include "api/render/scheduled.hpp"
#include "api/render/words.hpp"
#include "json/write.hpp"
#include "social/edit.hpp"
#include "social/publish.hpp"
#include "social/remote_refresh.hpp"
#include "social/remove.hpp"
#include "social/scheduled.hpp"

namespace posy::api {
namespace {

using http::Method;

// Of a thread: visitors see what fits on a page, as in Mastodon.
constexpr int ancestors_max = 1000, descendants_max = 2000;
constexpr int visitor_ancestors_max = 40, visitor_descendants_max = 60;
constexpr int refresh_retry_seconds = 3;
constexpr std::size_t ids_max = 40;  // of GET /api/v1/statuses
// An essay of a mebibyte, written as JSON or as a form, where some characters take several.
constexpr std::size_t text_body_max = 4 << 20;

struct IdsParams {
  std::vector<PostId> id;
};
BOOST_DESCRIBE_STRUCT(IdsParams, (), (id))

struct DeleteParams {
  std::optional<bool> delete_media;
};
BOOST_DESCRIBE_STRUCT(DeleteParams, (), (delete_media))

Task<http::Response> schedule(Api& api, social::Draft const& draft, Time due_at) {
  auto act = [&](db::Writer& w) { return social::schedule(w, api.site, draft, due_at); };
  store::ScheduledPost post = co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return json::to_json(load_scheduled(r, api.site, {post}).front()); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<StatusParams>();
  auto draft = draft_from(request, params);
  Task<> meeting = meet_mentioned(api, draft.text, draft.source_type);
  co_await std::move(meeting);
  if (params.scheduled_at) {
    Task<http::Response> scheduled = schedule(api, draft, *params.scheduled_at);
    co_return co_await std::move(scheduled);
  }
  auto act = [&](db::Writer& w) { return social::publish(w, api.site, draft).id; };
  PostId id = co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return api.render.status(r, request.viewer(), id); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

Task<http::Response> index(Api& api, Request const& request) {
  auto params = request.read<IdsParams>();
  if (params.id.size() > ids_max) params.id.resize(ids_max);
  auto show = [&](db::Reader& r) { return api.render.statuses(r, request.viewer(), params.id); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto load = [&](db::Reader& r) { return api.render.status(r, request.viewer(), id); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> edit(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto changes = edit_from(request.read<EditParams>());
  Task<> meeting = meet_mentioned(api, changes.text, changes.source_type.value_or(store::SourceType::plain));
  co_await std::move(meeting);
  auto act = [&](db::Writer& w) { social::edit_post(w, api.site, request.account(), id, changes); };
  co_await api.db.write(act);
  auto load = [&](db::Reader& r) { return api.render.status(r, request.viewer(), id); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  bool delete_media = request.read<DeleteParams>().delete_media.value_or(false);
  // Rendered in the same transaction: afterwards there is nothing to render.
  auto act = [&](db::Writer& w) {
    std::string body = api.render.deleted_status(w, request.viewer(), id);
    social::remove_post(w, request.account(), id,
                        delete_media ? social::KeepMedia::no : social::KeepMedia::yes);
    return body;
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> context(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  bool is_visitor = !request.account();
  auto load = [&](db::Reader& r) {
    auto post = social::find_visible_post(r, request.viewer(), id).value();
    auto above = store::ancestors(r, post, is_visitor ? visitor_ancestors_max : ancestors_max);
    auto below = store::descendants(r, post, is_visitor ? visitor_descendants_max : descendants_max);
    entities::StatusContext out;
    out.ancestors.text = api.render.statuses(r, request.viewer(), above);
    out.descendants.text = api.render.statuses(r, request.viewer(), below);
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  auto response = http::json(std::move(body));
  if (!api.refresh) co_return response;
  // What people elsewhere said is looked for meanwhile: whoever asks again sees it.
  api.refresh->thread_opened(id);
  auto refresh = api.refresh->thread_refresh(id);
  if (refresh && refresh->is_running && !is_visitor)
    response.headers.set("Mastodon-Async-Refresh", fmt::format("id=\"{}\", retry={}, result_count={}", id.str(),
                                                               refresh_retry_seconds, refresh->found));
  co_return response;
}

Task<http::Response> history(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto load = [&](db::Reader& r) {
    auto post = social::find_visible_post(r, request.viewer(), id).value();
    return json::to_json(load_history(r, api.site, api.render, post));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

entities::StatusSource make_source(store::Post const& post) {
  entities::StatusSource out{.id = post.id.str(),
                             .text = post.source,
                             .spoiler_text = post.notice,
                             .content_type = std::string(content_type_name(post.source_type))};
  if (post.title.empty()) return out;
  out.title = post.title;
  out.summary = post.summary;
  out.slug = post.slug;
  if (post.cover) out.cover_id = post.cover.str();
  return out;
}

Task<http::Response> source(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto load = [&](db::Reader& r) {
    auto post = social::find_visible_post(r, request.viewer(), id).value();
    // What she typed and how is her own business.
    if (post.author != request.account()) refuse(Refusal::forbidden, "This action is not allowed");
    return json::to_json(make_source(post));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

// No translation service can be configured, so this answers as Mastodon does without one.
Task<http::Response> translate(Api&, Request const&) {
  refuse(Refusal::not_found, "Record not found");
  co_return http::empty();
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/statuses", Scope::write_statuses, create, Rate::standard, text_body_max},
    {Method::get, "/api/v1/statuses", visitors_or(Scope::read_statuses), index},
    {Method::get, "/api/v1/statuses/:id", visitors_or(Scope::read_statuses), show},
    {Method::put, "/api/v1/statuses/:id", Scope::write_statuses, edit, Rate::standard, text_body_max},
    {Method::delete_, "/api/v1/statuses/:id", Scope::write_statuses, remove, Rate::deletion},
    {Method::get, "/api/v1/statuses/:id/context", visitors_or(Scope::read_statuses), context},
    {Method::get, "/api/v1/statuses/:id/history", visitors_or(Scope::read_statuses), history},
    {Method::get, "/api/v1/statuses/:id/source", Scope::read_statuses, source},
    {Method::post, "/api/v1/statuses/:id/translate", visitors_or(Scope::read_statuses), translate},
};

}  // namespace

std::span<Route const> statuses_routes() {
  return routes;
}

}  // namespace posy::api
