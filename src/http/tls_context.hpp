// TLS of the client: 1.2 and newer, the system's certificates and those of one more file. Private to http/.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <string>

#include "http/url.hpp"

namespace posy::http {

// Believes `ca_file` only, until trust_system. Throws std::runtime_error when `ca_file` is not empty and cannot be read.
boost::asio::ssl::context make_tls_context(std::string const& ca_file);

// The system's certificates too. They take more than a megabyte, so they are read when the first connection needs them.
void trust_system(boost::asio::ssl::context& context);

// Before the handshake: whom to ask for (SNI) and whose certificate alone will do. False: do not go on.
[[nodiscard]] bool expect_host(SSL* tls, Url const& url);

// Why a handshake failed, for the log.
std::string explain_tls(SSL* tls, boost::system::error_code const& error);

}  // namespace posy::http
