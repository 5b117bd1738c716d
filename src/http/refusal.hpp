// How refusals are said in HTTP. The only place that knows both words.
#pragma once

#include <exception>

#include "base/error.hpp"
#include "http/response.hpp"

namespace posy::http {

unsigned status_of(Refusal refusal);
Response refused(Error const& error);

// Refused becomes its status and message; anything else 500, logged with the id and told to nobody.
Response response_for(std::exception_ptr error, std::string_view request_id);

}  // namespace posy::http
