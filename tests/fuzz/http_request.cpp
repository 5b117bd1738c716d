// Any bytes as one request, through the same steps as the session but for the socket: whole and byte by byte
// must be understood alike.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "http/body.hpp"
#include "http/request_reader.hpp"
#include "http/router.hpp"
#include "http/target.hpp"

namespace {

using namespace posy::http;

Router const& router() {
  static Router const all = [] {
    Router made;
    for (auto pattern : {"/", "/a/:id", "/a/new", "/@:name.rss", "/@:name", "/files/*rest"}) {
      made.add({.pattern = pattern, .handler = [](Request&) -> posy::Task<Response> { co_return empty(); }});
    }
    return made;
  }();
  return all;
}

std::string read(std::string_view text, std::size_t piece) {
  static std::filesystem::path const nowhere;
  Limits const limits{
      .target_bytes_max = 200, .header_bytes_max = 1000, .params_max = 20, .field_bytes_max = 500};
  Request request;
  RequestReader reader(request, limits);
  std::atomic<std::size_t> used{0};
  BodyRoom room(used, 1000);
  std::optional<BodyReader> body;
  std::string buffer;
  while (!reader.done()) {
    if (text.empty()) return "refused";  // incomplete: a broken line may be seen only with the next one
    buffer += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    while (!buffer.empty() && !reader.done()) {
      if (reader.head_done() && !body) {
        body.emplace(request, room, 1000, false, limits, nowhere);
        if (!body->check()) return "refused";
        reader.begin_body(&*body);
      }
      std::size_t taken = reader.feed(buffer);
      POSY_ASSERT(taken <= buffer.size());
      buffer.erase(0, taken);
      if (reader.failure()) return "refused";
      if (taken == 0) break;
    }
  }
  auto path = read_target(request, {limits.params_max, limits.depth_max});
  if (!path) return "refused";
  POSY_ASSERT(posy::is_valid_utf8(request.path));
  for (auto const& [name, value] : router().match(request.method, *path).params) {
    POSY_ASSERT(value != ".." && posy::is_valid_utf8(value));
  }
  if (body && !body->finish()) return "refused";
  return request.target + " " + request.body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size > 8000) return 0;
  std::string_view text(reinterpret_cast<char const*>(data), size);
  POSY_ASSERT(read(text, text.size()) == read(text, 1));
  return 0;
}
