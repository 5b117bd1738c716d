#include "http/send_error.hpp"

#include "base/enum_names.hpp"

namespace posy::http {
namespace {

constexpr EnumName<Failure> failure_names[] = {
    {Failure::bad_url, "bad_url"},
    {Failure::refused_address, "refused_address"},
    {Failure::no_such_host, "no_such_host"},
    {Failure::cannot_look_up, "cannot_look_up"},
    {Failure::too_much_to_do, "too_much_to_do"},
    {Failure::cannot_connect, "cannot_connect"},
    {Failure::tls_failed, "tls_failed"},
    {Failure::timed_out, "timed_out"},
    {Failure::disconnected, "disconnected"},
    {Failure::too_large, "too_large"},
    {Failure::bad_answer, "bad_answer"},
    {Failure::bad_redirect, "bad_redirect"},
    {Failure::too_many_redirects, "too_many_redirects"},
    {Failure::stopped, "stopped"},
};

Error for_people(Failure failure) {
  switch (failure) {
    case Failure::bad_url:
      return unprocessable("This address cannot be asked");
    // Says no more than a name that does not exist: whether an inner host is there is nobody's business.
    case Failure::refused_address:
    case Failure::no_such_host:
      return unprocessable("There is no such server");
    case Failure::too_much_to_do:
      return {Refusal::unavailable, "This server asks too many others at the moment"};
    case Failure::cannot_look_up:
      return {Refusal::unavailable, "The name of the other server cannot be looked up"};
    case Failure::cannot_connect:
    case Failure::disconnected:
      return {Refusal::unavailable, "The other server cannot be reached"};
    case Failure::tls_failed:
      return {Refusal::unavailable, "The other server cannot be reached securely"};
    case Failure::timed_out:
      return {Refusal::unavailable, "The other server takes too long"};
    case Failure::too_large:
      return unprocessable("The answer of the other server is too large");
    case Failure::bad_answer:
    case Failure::bad_redirect:
    case Failure::too_many_redirects:
      return unprocessable("The other server answers something that cannot be understood");
    case Failure::stopped:
      return {Refusal::unavailable, "The server is stopping"};
  }
  return {Refusal::unavailable, "The other server cannot be reached"};
}

}  // namespace

std::string_view name_of(Failure failure) {
  return name_in(failure_names, failure);
}

SendError send_error(Failure failure, std::string detail) {
  return {for_people(failure), failure, std::move(detail)};
}

}  // namespace posy::http
