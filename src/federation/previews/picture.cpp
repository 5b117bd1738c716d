#include "federation/previews/picture.hpp"

#include <fstream>

#include "base/on_pool.hpp"
#include "media/draft.hpp"
#include "media/process.hpp"

namespace posy::federation {
namespace {

constexpr std::size_t picture_bytes_max = 2 << 20;
constexpr std::uint64_t pixels_max = 20'000'000;
constexpr int side_max = 640;
constexpr std::chrono::seconds fetch_time_max{15};
constexpr std::chrono::seconds decode_time_max{10};

Error no_picture(std::string sentence) { return {Refusal::unprocessable, std::move(sentence)}; }

// What was made and did not get into the blob store.
struct Leftover {
  std::filesystem::path path;
  ~Leftover() {
    std::error_code ignored;  // the work folder is emptied at the start
    std::filesystem::remove(path, ignored);
  }
};

// On a thread of the pool.
Result<PreviewPicture> make_picture(PreviewTools const& tools, std::string const& bytes) {
  media::Draft upload(tools.work_dir, ".preview");
  std::ofstream file(upload.path(), std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw std::runtime_error("cannot write " + upload.path().string());
  media::Limits limits;
  limits.image_bytes_max = picture_bytes_max;
  limits.pixels_max = pixels_max;
  limits.image_time_max = decode_time_max;
  auto made = media::process_avatar(upload.path(), tools.work_dir, side_max, side_max, limits, media::Fit::inside);
  if (!made) return made.error();
  Leftover leftover{made->original};
  return PreviewPicture{.blob = tools.blobs.put(made->original, made->mime),
                        .blurhash = made->blurhash,
                        .width = made->original_size.width,
                        .height = made->original_size.height};
}

}  // namespace

Task<Result<PreviewPicture>> fetch_picture(Context& context, PreviewTools const& tools, std::string url) {
  http::Outgoing outgoing{.url = std::move(url)};
  outgoing.headers.set("Accept", "image/webp, image/png, image/jpeg, image/*;q=0.5");
  outgoing.body_max = picture_bytes_max;
  outgoing.may_reach = reaches_media(context);
  outgoing.total_timeout = fetch_time_max;
  auto sending = context.client.send(std::move(outgoing));
  auto answer = co_await std::move(sending);
  if (!answer) co_return no_picture(answer.error().message + " " + answer.error().detail);
  if (answer->status != 200) co_return no_picture(fmt::format("answered with {}", answer->status));
  auto make = [tools, bytes = std::move(answer->body)] { return make_picture(tools, bytes); };
  Task<std::optional<Result<PreviewPicture>>> making = result_on_pool(tools.pool, std::move(make));
  std::optional<Result<PreviewPicture>> made = co_await std::move(making);
  if (!made) co_return no_picture("too much else is to be done");
  co_return std::move(*made);
}

}  // namespace posy::federation
