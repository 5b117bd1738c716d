// A multipart body fed whole and in pieces must tell the same story. The first bytes choose the pieces.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.hpp"
#include "http/multipart.hpp"

namespace {

using posy::Result;
using namespace posy::http;

struct Record final : MultipartSink {
  std::string text;
  Result<> begin(MultipartPart const& part) override {
    text += "<" + part.name + "|" + part.filename.value_or("-") + "|" + part.content_type + ">";
    return {};
  }
  Result<> data(std::string_view bytes) override {
    text += bytes;
    return {};
  }
  Result<> end() override {
    text += "</>";
    return {};
  }
};

std::string read(std::string_view body, std::string_view pieces) {
  Record record;
  MultipartParser parser("b", record, {.parts_max = 8, .part_header_bytes_max = 256});
  for (std::size_t i = 0; !body.empty(); ++i) {
    std::size_t piece =
        pieces.empty() ? body.size() : 1 + static_cast<unsigned char>(pieces[i % pieces.size()]);
    auto fed = parser.feed(body.substr(0, piece));
    if (!fed) return "refused";  // what came before the broken place may have been told or not
    body.remove_prefix(std::min(piece, body.size()));
  }
  auto finished = parser.finish();
  return finished ? record.text : "refused";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view text(reinterpret_cast<char const*>(data), size);
  (void)multipart_boundary(text);
  std::size_t choosing = std::min<std::size_t>(4, text.size());
  std::string_view pieces = text.substr(0, choosing), body = text.substr(choosing);
  POSY_ASSERT(read(body, {}) == read(body, pieces));
  return 0;
}
