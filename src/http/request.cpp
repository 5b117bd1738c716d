#include "http/request.hpp"

namespace posy::http {

std::string_view to_string(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
  }
  return "";
}

std::string_view Request::path_param(std::string_view name) const {
  for (auto const& [known, value] : path_params) {
    if (known == name) return value;
  }
  return {};
}

// RFC 6265, section 4.2: "a=1; b=2".
std::optional<std::string> Request::cookie(std::string_view name) const {
  for (std::string_view line : headers.all("Cookie")) {
    while (!line.empty()) {
      auto end = line.find(';');
      std::string_view pair = line.substr(0, end);
      line = end == line.npos ? std::string_view{} : line.substr(end + 1);
      auto begin = pair.find_first_not_of(" \t");
      auto equals = pair.find('=');
      if (begin == pair.npos || equals == pair.npos || equals < begin) continue;
      if (pair.substr(begin, equals - begin) != name) continue;
      std::string_view value = pair.substr(equals + 1);
      auto last = value.find_last_not_of(" \t");
      value = last == value.npos ? std::string_view{} : value.substr(0, last + 1);
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
        value = value.substr(1, value.size() - 2);
      }
      return std::string(value);
    }
  }
  return {};
}

std::string_view Request::query() const {
  auto mark = target.find('?');
  return mark == target.npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

}  // namespace posy::http
