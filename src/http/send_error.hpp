// Why an outgoing request got no answer. The sentence is for people; `failure` is for branching, `detail`
// for the log (it may name addresses and certificates).
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace posy::http {

enum class Failure {
  bad_url,             // nothing that may be asked: malformed, or a scheme that is not allowed
  refused_address,     // the guard lets none of its addresses through
  no_such_host,        // DNS says so
  cannot_look_up,      // DNS does not answer
  too_much_to_do,      // on this side: too many names wait to be looked up
  cannot_connect,      // nobody accepts
  tls_failed,          // no handshake, or a certificate that is not believed
  timed_out,           // at any stage
  disconnected,        // the connection ended before the answer did
  too_large,           // header or body
  bad_answer,          // not HTTP/1
  bad_redirect,        // to what is no URL, to another scheme, from https to http
  too_many_redirects,  // also round in a circle
  stopped,             // the client was told to stop, or the caller went away
};
std::string_view name_of(Failure failure);  // "refused_address"

struct SendError : Error {
  Failure failure{};
  std::string detail;
};

// Converts to Result<T> by way of its error(): SendError is an Error.
template <class T>
using SendResult = boost::system::result<T, SendError>;

SendError send_error(Failure failure, std::string detail = {});

}  // namespace posy::http
