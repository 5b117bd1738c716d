#include "http/target.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace posy::http {
namespace {

Error bad(std::string message) {
  return {Refusal::bad_request, std::move(message)};
}

// Looked for after decoding, so that %2e%2e and a%2f..%2fb are found too.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    auto end = std::min(path.find('/'), path.size());
    std::string_view segment = path.substr(0, end);
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

std::string_view trim(std::string_view text) {
  auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

Result<std::string_view> read_target(Request& request, ParamLimits limits) {
  std::string_view target = request.target;
  if (target.starts_with("http://") || target.starts_with("https://")) {
    target.remove_prefix(target.find("//") + 2);
    target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
  }
  if (!target.starts_with('/') || target.find('#') != target.npos) return bad("Malformed request target");
  std::string_view path = target.substr(0, target.find('?'));
  request.path = path.find('%') == path.npos ? std::string(path) : percent_decode(path);
  if (!is_valid_utf8(request.path)) return bad("Invalid UTF-8");
  if (request.path.find('\0') != request.path.npos) return bad("Invalid character NUL");
  if (has_dot_segment(request.path)) return bad("Malformed path");
  if (auto query = request.query(); !query.empty()) {
    auto params = parse_form(query, limits);
    if (!params) return params.error();
    request.params = std::move(*params);
  }
  return path;
}

std::string client_address(std::string const& socket_peer, Headers const& headers, Networks const& trusted) {
  auto forwarded = headers.find("X-Forwarded-For");
  if (!forwarded || !trusted.contains(socket_peer)) return socket_peer;
  // A client may send the header itself: only what trusted proxies have added at the end counts.
  std::string peer = socket_peer;
  auto lines = headers.all("X-Forwarded-For");
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    std::string_view rest = *line;
    while (!rest.empty()) {
      auto comma = rest.rfind(',');
      auto address = parse_address(trim(comma == rest.npos ? rest : rest.substr(comma + 1)));
      if (!address) return peer;
      peer = address->to_string();
      if (!trusted.contains(*address)) return peer;
      rest = comma == rest.npos ? std::string_view{} : rest.substr(0, comma);
    }
  }
  return peer;
}

}  // namespace posy::http
