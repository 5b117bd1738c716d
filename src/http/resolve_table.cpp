#include "http/resolve_table.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace posy::http {
namespace {

// Nothing when it is no port; 0 for "*".
std::optional<std::uint16_t> parse_port(std::string_view text) {
  if (text == "*") return 0;
  std::uint16_t port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return {};
  return port;
}

struct Split {
  std::string host;
  std::uint16_t port;
};
std::optional<Split> split(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return {};
  auto port = parse_port(text.substr(colon + 1));
  if (!port) return {};
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return Split{std::string(host), *port};
}

std::string key_of(std::string_view host, std::uint16_t port) {
  return fmt::format("{}:{}", host, port);
}

}  // namespace

Result<ResolveTable> ResolveTable::parse(std::map<std::string, std::string> const& table) {
  ResolveTable parsed;
  for (auto const& [from, to] : table) {
    auto name = split(from);
    auto target = split(to);
    auto address = target ? parse_address(target->host) : std::optional<Address>{};
    if (!name || !address) return unprocessable("Not an entry of a resolve table: " + from + " = " + to);
    if (name->host.starts_with("*.")) name->host.erase(0, 1);
    parsed.targets_[key_of(name->host, name->port)] = {*address, target->port};
  }
  return parsed;
}

std::optional<boost::asio::ip::tcp::endpoint> ResolveTable::find(std::string_view host,
                                                                 std::uint16_t port) const {
  if (targets_.empty()) return {};
  // "a.b.test", then ".b.test", then ".test".
  for (std::string_view name = host; !name.empty();) {
    for (std::uint16_t known_port : {port, std::uint16_t{0}}) {
      auto found = targets_.find(key_of(name, known_port));
      if (found == targets_.end()) continue;
      Target const& target = found->second;
      return boost::asio::ip::tcp::endpoint(target.address, target.port == 0 ? port : target.port);
    }
    auto dot = name.find('.', 1);
    name = dot == name.npos ? std::string_view{} : name.substr(dot);
  }
  return {};
}

}  // namespace posy::http
