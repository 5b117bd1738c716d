// Any bytes as a query, a form or a JSON body: a tree of valid UTF-8 within the limits, or a refusal.
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "http/form.hpp"

namespace {

namespace json = boost::json;
constexpr posy::http::ParamLimits limits{.params_max = 50, .depth_max = 8};

// Objects in lists add one level to what the names say.
void check(json::value const& value, std::size_t depth) {
  POSY_ASSERT(depth <= 2 * limits.depth_max);
  if (auto const* text = value.if_string()) {
    POSY_ASSERT(posy::is_valid_utf8({text->data(), text->size()}));
    POSY_ASSERT(text->find('\0') == text->npos);
  }
  if (auto const* array = value.if_array()) {
    for (auto const& element : *array) check(element, depth + 1);
  }
  if (auto const* object = value.if_object()) {
    for (auto const& member : *object) {
      POSY_ASSERT(posy::is_valid_utf8({member.key().data(), member.key().size()}));
      check(member.value(), depth + 1);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view text(reinterpret_cast<char const*>(data), size);
  auto form = posy::http::parse_form(text, limits);
  auto body = posy::http::parse_json_body(text, limits);
  if (form) check(*form, 0);
  if (body) check(*body, 0);
  if (form && body) posy::http::merge_params(*form, std::move(*body));
  return 0;
}
