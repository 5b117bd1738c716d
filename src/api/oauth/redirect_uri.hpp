// Where an application may be answered: registered addresses, compared letter by letter. (RFC 9700,
// section 2.1)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace posy::api {

// Instead of an address: the code is shown to the person, who takes it to the application.
inline constexpr std::string_view out_of_band = "urn:ietf:wg:oauth:2.0:oob";

constexpr std::size_t redirect_uris_max = 20;
constexpr std::size_t redirect_uri_bytes_max = 2000;

// An absolute address without fragment, of a scheme that runs no script here: https, http, or an app's own.
bool is_redirect_uri(std::string_view uri);
// What was registered, one a line or blank, each checked; refused as unprocessable.
Result<std::vector<std::string>> parse_redirect_uris(std::vector<std::string> const& given);
std::vector<std::string> split_lines(std::string_view text);

// `uri` with parameters behind it; those without a value are left out.
std::string with_params(std::string_view uri,
                        std::vector<std::pair<std::string_view, std::string_view>> const& params);
// The source for a Content-Security-Policy that covers this address: "https://app.example", "myapp:".
std::string csp_source(std::string_view uri);

}  // namespace posy::api
