// What can go wrong in a way that a caller or a person may be told about.
//
// `Result<T>` where the caller may want to decide; `.value()` on it throws `Refused` where the request
// or job cannot go on. Messages are safe to show to anybody: they name no internals.
#pragma once

#include <boost/system/result.hpp>
#include <exception>
#include <source_location>
#include <string>

namespace posy {

// The kinds that a caller may branch on. The HTTP door maps each to a status code (http/refusal.hpp).
enum class Refusal {
  bad_request,    // 400
  unauthorized,   // 401
  forbidden,      // 403
  not_found,      // 404
  conflict,       // 409
  gone,           // 410
  too_large,      // 413
  unsupported,    // 415
  unprocessable,  // 422
  too_many,       // 429
  unavailable,    // 503
};

struct Error {
  Refusal refusal{};
  std::string message;  // one sentence for people, such as "Record not found"
};

template <class T = void>
using Result = boost::system::result<T, Error>;

// Ends a request or a job. Caught by the HTTP session, the job runner and `main` only.
class Refused : public std::exception {
 public:
  Refused(Error error, char const* file, unsigned line)
      : error_(std::move(error)), file_(file), line_(line) {}
  char const* what() const noexcept override { return error_.message.c_str(); }
  Error const& error() const { return error_; }
  Refusal refusal() const { return error_.refusal; }
  char const* file() const { return file_; }
  unsigned line() const { return line_; }

 private:
  Error error_;
  char const* file_;
  unsigned line_;
};

// Found by Boost through argument-dependent lookup when `.value()` meets an Error.
[[noreturn]] inline void throw_exception_from_error(Error const& error, boost::source_location const& where) {
  throw Refused(error, where.file_name(), where.line());
}

[[noreturn]] inline void refuse(Refusal refusal, std::string message,
                                std::source_location where = std::source_location::current()) {
  throw Refused({refusal, std::move(message)}, where.file_name(), where.line());
}

inline Error not_found(std::string message = "Record not found") {
  return {Refusal::not_found, std::move(message)};
}
inline Error forbidden(std::string message = "This action is not allowed") {
  return {Refusal::forbidden, std::move(message)};
}
inline Error unprocessable(std::string message) { return {Refusal::unprocessable, std::move(message)}; }

}  // namespace posy
