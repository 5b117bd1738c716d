// What a person and a program are told when the machine fails, not what they asked for.
#pragma once

#include <exception>
#include <optional>

#include "http/response.hpp"

namespace posy::server {

// 503, the reason and when to come again; nothing when it is no such failure. Written to the log.
std::optional<http::Response> answer_to_failure(std::exception_ptr failure);

}  // namespace posy::server
