#include "http/refusal.hpp"

#include "base/log.hpp"

namespace posy::http {

unsigned status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::bad_request:
      return 400;
    case Refusal::unauthorized:
      return 401;
    case Refusal::forbidden:
      return 403;
    case Refusal::not_found:
      return 404;
    case Refusal::conflict:
      return 409;
    case Refusal::gone:
      return 410;
    case Refusal::too_large:
      return 413;
    case Refusal::unsupported:
      return 415;
    case Refusal::unprocessable:
      return 422;
    case Refusal::too_many:
      return 429;
    case Refusal::unavailable:
      return 503;
  }
  return 500;
}

Response refused(Error const& error) {
  return http::error(status_of(error.refusal), error.message);
}

Response response_for(std::exception_ptr failure, std::string_view request_id) {
  constexpr std::string_view sorry = "Something went wrong on our end";
  try {
    std::rethrow_exception(failure);
  } catch (Refused const& refusal) {
    log::debug("request {}: refused at {}:{}: {}", request_id, refusal.file(), refusal.line(),
               refusal.what());
    return refused(refusal.error());
  } catch (std::exception const& error) {
    log::error("request {}: {}", request_id, error.what());
  } catch (...) {
    log::error("request {}: an unknown exception", request_id);
  }
  return error(500, sorry);
}

}  // namespace posy::http
