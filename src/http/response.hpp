// What a handler answers, and the usual ways to make it. The session adds Date, Content-Length,
// Connection and X-Request-Id; answers 304 to a matching If-None-Match; and leaves out the body for HEAD.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/task.hpp"
#include "http/event_sink.hpp"
#include "http/headers.hpp"
#include "http/websocket.hpp"

namespace posy::http {

class Connection;
struct Request;
struct Response;

// A file sent from disk; Range is answered by the session. A file that is not there becomes 404.
struct FileBody {
  std::filesystem::path path;
};

// Takes the connection over after the handler has returned: event streams and WebSockets. The Request
// stays alive until it ends.
struct Takeover {
  std::function<Task<>(Connection&, Request const&, Response const&)> run;
};

struct Response {
  using Body = std::variant<std::string, std::shared_ptr<std::string const>, FileBody, Takeover>;

  unsigned status = 200;
  Headers headers;
  Body body;
};

Response json(std::string body, unsigned status = 200);
Response html(std::string body, unsigned status = 200);
Response text(std::string body, unsigned status = 200);
Response empty(unsigned status = 204);
Response redirect(unsigned status, std::string_view location);
Response error(unsigned status, std::string_view message);  // {"error": "..."}

// `etag` with its quotes, or empty. Sends nosniff; a Content-Security-Policy is the caller's.
Response file(std::filesystem::path path, std::string_view mime, std::string_view cache_control = {},
              std::string_view etag = {});
// The same for bytes in memory that many answers share.
Response shared(std::shared_ptr<std::string const> body, std::string_view mime,
                std::string_view cache_control = {}, std::string_view etag = {});

Response event_stream(std::function<Task<>(EventSink&)> handler);
// `protocol` is the Sec-WebSocket-Protocol to accept, or empty.
Response websocket(std::function<Task<>(WebSocket&)> handler, std::string protocol = {},
                   WebSocketLimits limits = {});

// The body as text; empty for files and takeovers.
std::string_view body_text(Response const& response);

}  // namespace posy::http
