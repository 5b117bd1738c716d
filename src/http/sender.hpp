// Puts answers on the wire. Private to http/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/connection.hpp"

namespace posy::http {

struct Framing {
  std::string_view request_id = {};
  std::optional<std::uint64_t> length = {};  // nothing: until the connection closes
  bool keep_alive = false;
  bool is_http_1_1 = true;
};

void compose_head(std::string& out, Response const& response, std::string_view date, Framing const& framing);

// Settles conditions and ranges, asks the `after` hook, sends. True when the connection can go on; a
// takeover runs to its end in here.
Task<bool> send_response(Connection& connection, Request const& request, Response response, Framing framing);

}  // namespace posy::http
