#include "http/sender.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/beast/http/status.hpp>

#include "base/log.hpp"
#include "base/time.hpp"
#include "http/conditional.hpp"

namespace posy::http {
namespace {

class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(int file) : file_(file) {}
  OpenFile(OpenFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  int get() const { return file_; }
  explicit operator bool() const { return file_ >= 0; }

 private:
  int file_ = -1;
};

// Makes the answer 304, 206, 404 or 416 where it has to be; the file stays open only when it is to be sent.
OpenFile prepare_file(Request const& request, Response& response, Slice& slice) {
  auto const& path = std::get<FileBody>(response.body).path;
  OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a FIFO must not block the loop
  struct stat info{};
  if (!file || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
    response = error(404, "Record not found");
    return {};
  }
  if (!response.headers.has("Last-Modified")) {
    Time modified = from_milliseconds(static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1000);
    response.headers.add("Last-Modified", to_http_date(modified));
  }
  answer_if_unchanged(request, response);
  if (response.status == 304) return {};
  slice = answer_range(request, response, static_cast<std::uint64_t>(info.st_size));
  if (response.status == 416) return {};
  return file;
}

bool may_have_length(unsigned status) {
  return status >= 200 && status != 204 && status != 304;
}

}  // namespace

void compose_head(std::string& out, Response const& response, std::string_view date, Framing const& framing) {
  namespace beast_http = boost::beast::http;
  auto reason = beast_http::obsolete_reason(beast_http::int_to_status(response.status));
  out.assign("HTTP/1.1 ").append(fmt::format_int(response.status).c_str());
  out.append(" ").append(reason.data(), reason.size()).append("\r\nDate: ").append(date).append("\r\n");
  if (framing.length && may_have_length(response.status))
    out.append("Content-Length: ").append(fmt::format_int(*framing.length).c_str()).append("\r\n");
  if (!framing.keep_alive) out += "Connection: close\r\n";
  if (framing.keep_alive && !framing.is_http_1_1) out += "Connection: keep-alive\r\n";
  if (!framing.request_id.empty()) out.append("X-Request-Id: ").append(framing.request_id).append("\r\n");
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    out += response.headers.name(i);
    out += ": ";
    out += response.headers.value(i);
    out += "\r\n";
  }
  out += "\r\n";
}

Task<bool> send_response(Connection& connection, Request const& request, Response response, Framing framing) {
  OpenFile file;
  Slice slice;
  if (std::holds_alternative<FileBody>(response.body)) {
    file = prepare_file(request, response, slice);
  } else if (!std::holds_alternative<Takeover>(response.body)) {
    answer_if_unchanged(request, response);
  }

  auto const& hooks = connection.loop.core.hooks;
  try {
    if (hooks.after) hooks.after(request, response);
  } catch (std::exception const& failure) {
    log::error("request {}: after the answer: {}", request.id, failure.what());
  }

  if (auto const* takeover = std::get_if<Takeover>(&response.body)) {
    Task<> running = takeover->run(connection, request, response);
    co_await std::move(running);
    co_return false;
  }
  std::string_view body = body_text(response);
  framing.length = file ? slice.bytes : body.size();
  compose_head(connection.head, response, connection.loop.date(), framing);
  if (request.method == Method::head || !may_have_length(response.status)) body = {};
  bool sent = co_await connection.write(connection.head, body);
  if (sent && file && request.method != Method::head) {
    sent = co_await connection.send_file(file.get(), slice.first, slice.bytes);
  }
  co_return sent&& framing.keep_alive;
}

}  // namespace posy::http
