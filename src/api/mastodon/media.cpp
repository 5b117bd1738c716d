// Uploads. (docs.joinmastodon.org/methods/media)
#include "social/media.hpp"

#include "api/mastodon/media_work.hpp"
#include "api/mastodon/routes.hpp"
#include "base/on_pool.hpp"
#include "api/render/renderer.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::MediaState;

// Above the largest file that a site allows; the exact limit is asked when the kind of file is known.
constexpr std::size_t upload_bytes_max = 110u << 20;

struct MediaParams {
  std::optional<std::string> description;
  std::optional<std::string> focus;
};
BOOST_DESCRIBE_STRUCT(MediaParams, (), (description, focus))

std::optional<http::File> find_file(Request const& request, std::string_view name) {
  for (auto const& file : request.http.files)
    if (file.name == name) return file;
  return {};
}

struct Shown {
  MediaState state;
  std::string body;
};

// 200 when it is ready, `while_processing` before, 422 when it failed.
http::Response answer(Shown shown, unsigned while_processing) {
  if (shown.state == MediaState::failed) return http::error(422, shown.body);
  return http::json(std::move(shown.body), shown.state == MediaState::ready ? 200 : while_processing);
}

Task<http::Response> show_media(Api& api, Request const& request, MediaId id, unsigned while_processing) {
  auto load = [&](db::Reader& r) {
    auto media = social::find_own_media(r, request.account(), id);
    if (media.state == MediaState::failed) return Shown{media.state, media.error};
    return Shown{media.state, api.render.media(r, id)};
  };
  Shown shown = co_await api.db.read(load);
  co_return answer(std::move(shown), while_processing);
}

enum class Wait { always, for_pictures };

Task<http::Response> upload(Api& api, Request const& request, Wait wait) {
  auto file = find_file(request, "file");
  if (!file) refuse(Refusal::unprocessable, "Validation failed: File can't be blank");
  auto const& format = check_upload(api.site, *file);
  auto params = request.read<MediaParams>();
  social::Upload wanted{request.account(), kind_of(format.kind), std::string(format.mime), params.description,
                        params.focus};
  auto start = [&](db::Writer& w) { return social::start_upload(w, api.site, wanted).id; };
  MediaId id = co_await api.db.write(start);

  UploadWork work{id, *file, find_file(request, "thumbnail")};
  auto job = [&api, work] { process_upload(api, work); };
  bool taken;
  if (wait == Wait::always || format.kind == media::Kind::image) {
    Task<bool> done = on_pool(api.pool, job);
    taken = co_await std::move(done);
  } else {
    taken = api.pool.try_submit(job);
  }
  if (!taken) {
    auto forget = [&](db::Writer& w) { social::delete_media(w, request.account(), id); };
    co_await api.db.write(forget);
    refuse(Refusal::unavailable, "The server is busy with other uploads. Try again in a moment!");
  }
  Task<http::Response> shown = show_media(api, request, id, 202);
  co_return co_await std::move(shown);
}

Task<http::Response> create_v1(Api& api, Request const& request) {
  Task<http::Response> uploaded = upload(api, request, Wait::always);
  co_return co_await std::move(uploaded);
}

Task<http::Response> create_v2(Api& api, Request const& request) {
  Task<http::Response> uploaded = upload(api, request, Wait::for_pictures);
  co_return co_await std::move(uploaded);
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<MediaId>("id").value();
  Task<http::Response> shown = show_media(api, request, id, 206);
  co_return co_await std::move(shown);
}

// A new preview, made on the pool; what is wrong with the picture is the person's to know.
Task<> replace_preview(Api& api, MediaId id, http::File picture) {
  auto outcome = std::make_shared<Result<social::Preview>>(Error{Refusal::unprocessable, "Not processed"});
  auto job = [&api, picture, outcome] {
    try {
      *outcome = make_preview(api, picture);
    } catch (Refused const& refused) {
      *outcome = refused.error();
    } catch (std::exception const&) {
      *outcome = Error{Refusal::unavailable, "The picture could not be stored. Try again in a moment!"};
    }
  };
  Task<bool> done = on_pool(api.pool, job);
  bool taken = co_await std::move(done);
  if (!taken) refuse(Refusal::unavailable, "The server is busy with other uploads. Try again in a moment!");
  social::Preview preview = outcome->value();
  auto act = [&](db::Writer& w) { social::set_preview(w, id, preview); };
  co_await api.db.write(act);
}

Task<http::Response> change(Api& api, Request const& request) {
  auto id = request.id<MediaId>("id").value();
  auto params = request.read<MediaParams>();
  auto act = [&](db::Writer& w) {
    social::find_own_free_media(w, request.account(), id);
    social::describe_media(w, api.site, request.account(), id, params.description, params.focus);
  };
  co_await api.db.write(act);
  if (auto picture = find_file(request, "thumbnail")) {
    Task<> replaced = replace_preview(api, id, *picture);
    co_await std::move(replaced);
  }
  Task<http::Response> shown = show_media(api, request, id, 206);
  co_return co_await std::move(shown);
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<MediaId>("id").value();
  auto act = [&](db::Writer& w) { return social::delete_media(w, request.account(), id); };
  std::vector<std::string> blobs = co_await api.db.write(act);
  for (auto const& blob : blobs) api.blobs.remove(blob);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/media", Scope::write_media, create_v1, Rate::media, upload_bytes_max, true},
    {Method::post, "/api/v2/media", Scope::write_media, create_v2, Rate::media, upload_bytes_max, true},
    {Method::get, "/api/v1/media/:id", Scope::write_media, show},
    {Method::put, "/api/v1/media/:id", Scope::write_media, change, Rate::media, upload_bytes_max, true},
    {Method::delete_, "/api/v1/media/:id", Scope::write_media, remove},
};

}  // namespace

std::span<Route const> media_routes() {
  return routes;
}

}  // namespace posy::api
