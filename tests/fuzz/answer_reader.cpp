// Any bytes as the answer of another server: whole and in pieces they are understood alike, within the limits. The
// first byte says how large the pieces are, whether HEAD was asked, and whether a long body is cut.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.hpp"
#include "http/answer_reader.hpp"

namespace {

using namespace posy::http;

constexpr std::size_t header_max = 1000, body_max = 500;

struct Read {
  bool done = false;
  bool failed = false;
  bool too_large = false;
  unsigned status = 0;
  std::string body;
  std::size_t headers = 0;
};

Read read(std::string_view text, std::size_t piece, bool is_head, bool cut) {
  Headers headers;
  Read out;
  AnswerReader reader(headers, out.body, {.header_max = header_max, .body_max = body_max, .cut_body = cut}, is_head);
  std::string buffer;
  while (!text.empty() && !reader.done() && !reader.failure()) {
    buffer += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    while (!buffer.empty() && !reader.done() && !reader.failure()) {
      auto taken = reader.feed(buffer);
      POSY_ASSERT(taken <= buffer.size());
      buffer.erase(0, taken);
      if (taken == 0) break;
    }
    POSY_ASSERT(reader.done() || reader.failure() || buffer.size() <= 64 * 1024);
  }
  if (!reader.done() && !reader.failure()) reader.finish();
  POSY_ASSERT(out.body.size() <= body_max);
  out.done = reader.done();
  out.failed = reader.failure().has_value();
  out.too_large = out.failed && reader.failure()->failure == Failure::too_large;
  if (out.done) {
    out.status = reader.status();
    POSY_ASSERT(out.status >= 100 && out.status <= 599 && out.status != 101);
    out.headers = headers.size();
    for (std::size_t i = 0; i < headers.size(); ++i)
      POSY_ASSERT(headers.value(i).find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    if (is_head) POSY_ASSERT(out.body.empty());
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<char const*>(data) + 1, size - 1);
  bool is_head = data[0] & 1, cut = data[0] & 2;
  auto whole = read(text, text.size(), is_head, cut);
  auto pieces = read(text, 1 + data[0] / 4, is_head, cut);
  // Within a line of the limit it depends on the pieces which of its bytes count.
  if (whole.too_large != pieces.too_large) return 0;
  POSY_ASSERT(whole.done == pieces.done);
  if (!whole.done) return 0;
  POSY_ASSERT(whole.status == pieces.status && whole.body == pieces.body && whole.headers == pieces.headers);
  return 0;
}
