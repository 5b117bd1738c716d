#include "server/failures.hpp"

#include <cerrno>
#include <system_error>

#include "base/log.hpp"
#include "db/failure.hpp"

namespace posy::server {
namespace {

constexpr std::string_view come_again = "60";  // seconds

http::Response try_later(std::string_view why) {
  auto response = http::error(503, why);
  response.headers.set("Retry-After", come_again);
  return response;
}

// Without the number of the request: a thousand of them are one event (base/log.hpp).
http::Response disk_is_full(char const* what) {
  log::error("The disk is full: requests are refused until there is space again ({})", what);
  return try_later("The disk of this server is full, so nothing can be kept now. Please try again later.");
}

}  // namespace

std::optional<http::Response> answer_to_failure(std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (db::Failure const& error) {
    if (error.kind() == db::FailureKind::full) return disk_is_full(error.what());
    if (!error.is_passing()) return {};
    log::error("The database is not at hand: requests are refused ({})", error.what());
    return try_later("The database of this server cannot be reached now. Please try again later.");
  } catch (std::system_error const& error) {
    bool const is_full = error.code() == std::errc::no_space_on_device || error.code().value() == EDQUOT;
    return is_full ? std::optional(disk_is_full(error.what())) : std::nullopt;
  } catch (...) {
    return {};
  }
}

}  // namespace posy::server
