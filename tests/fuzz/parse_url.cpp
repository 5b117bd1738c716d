// Any bytes as an address to be asked, and as a reference seen from it: what is taken has one spelling, names one
// host and cannot break out of a request line.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.hpp"
#include "http/url.hpp"

namespace {

using namespace posy::http;

void check(Url const& url) {
  POSY_ASSERT(!url.host.empty() && url.port != 0 && url.target.starts_with('/'));
  auto is_plain = [](char c) { return c > ' ' && c < 0x7f && c != '\\'; };
  for (auto const& text : {url.host, url.target, url.text(), url.authority()})
    POSY_ASSERT(std::ranges::all_of(text, is_plain));
  POSY_ASSERT(url.host.find_first_of("/?#@%[]") == std::string::npos);
  POSY_ASSERT(url.target.find('#') == std::string::npos);
  auto again = parse_url(url.text());
  if (url.text().size() > 4096) return;  // encoding made it too long to come again
  POSY_ASSERT(again && again->text() == url.text() && again->origin() == url.origin());
  POSY_ASSERT(again->address == url.address);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view input(reinterpret_cast<char const*>(data), size);
  auto line = std::min(input.find('\n'), input.size());
  auto url = parse_url(input.substr(0, line));
  static Url const base = parse_url("https://a.example/one/two?three").value();
  if (url) check(*url);
  auto reference = input.substr(std::min(line + 1, size));
  if (auto led = resolve_url(url ? *url : base, reference)) check(*led);
  return 0;
}
