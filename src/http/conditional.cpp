#include "http/conditional.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace posy::http {
namespace {

std::string_view trim(std::string_view text) {
  auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view opaque(std::string_view etag) {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

// If-None-Match compares weakly (RFC 9110, section 13.1.2).
bool lists(std::string_view condition, std::string_view etag) {
  if (trim(condition) == "*") return true;
  while (!condition.empty()) {
    auto comma = condition.find(',');
    if (opaque(trim(condition.substr(0, comma))) == opaque(etag)) return true;
    condition = comma == condition.npos ? std::string_view{} : condition.substr(comma + 1);
  }
  return false;
}

bool is_unchanged(Request const& request, Response const& response) {
  if (auto condition = request.headers.find("If-None-Match")) {
    auto etag = response.headers.find("ETag");
    return etag && lists(*condition, *etag);
  }
  auto since = request.headers.find("If-Modified-Since");
  auto modified = response.headers.find("Last-Modified");
  if (!since || !modified) return false;
  auto since_time = parse_http_date(*since), modified_time = parse_http_date(*modified);
  return since_time && modified_time && *modified_time <= *since_time;
}

// If-Range needs certainty: a strong tag, or the very date (RFC 9110, section 13.1.5).
bool range_still_fits(Request const& request, Response const& response) {
  auto condition = request.headers.find("If-Range");
  if (!condition) return true;
  if (condition->starts_with('"')) return response.headers.find("ETag") == *condition;
  return response.headers.find("Last-Modified") == *condition;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

struct Asked {
  bool is_range = false;
  std::optional<Slice> slice = {};  // nothing: cannot be satisfied
};

Asked read_range(std::string_view text, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (text.size() < unit.size() || !equals_ignoring_case(text.substr(0, unit.size()), unit)) return {};
  text = trim(text.substr(unit.size()));
  auto dash = text.find('-');
  if (dash == text.npos) return {};
  std::string_view from = text.substr(0, dash), to = text.substr(dash + 1);
  if (from.empty()) {
    auto last_bytes = number(to);
    if (!last_bytes) return {};
    std::uint64_t bytes = std::min(*last_bytes, size);
    if (bytes == 0) return {true, {}};
    return {true, Slice{size - bytes, bytes}};
  }
  auto first = number(from);
  auto last = to.empty() ? std::optional(UINT64_MAX) : number(to);
  if (!first || !last || *last < *first) return {};
  if (*first >= size) return {true, {}};
  return {true, Slice{*first, std::min(*last, size - 1) - *first + 1}};
}

}  // namespace

void answer_if_unchanged(Request const& request, Response& response) {
  if (request.method != Method::get && request.method != Method::head) return;
  if (response.status != 200 || !is_unchanged(request, response)) return;
  response.status = 304;
  response.body = std::string{};
  response.headers.remove("Content-Type");
}

Slice answer_range(Request const& request, Response& response, std::uint64_t size) {
  Slice whole{0, size};
  if (response.status != 200) return whole;
  response.headers.set("Accept-Ranges", "bytes");
  auto range = request.headers.find("Range");
  if (!range || request.method != Method::get || !range_still_fits(request, response)) return whole;
  Asked asked = read_range(*range, size);
  if (!asked.is_range) return whole;
  if (!asked.slice) {
    response = error(416, "The range is outside the file");
    response.headers.add("Content-Range", fmt::format("bytes */{}", size));
    return {};
  }
  response.status = 206;
  response.headers.set("Content-Range", fmt::format("bytes {}-{}/{}", asked.slice->first,
                                                    asked.slice->first + asked.slice->bytes - 1, size));
  return *asked.slice;
}

}  // namespace posy::http
