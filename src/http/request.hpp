// A request as handlers see it: read whole, within limits, and decoded.
#pragma once

#include <any>
#include <boost/json/object.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/headers.hpp"

namespace posy::http {

enum class Method { get, head, post, put, patch, delete_, options };

std::string_view to_string(Method method);  // "GET"

// A file of a multipart body, kept in a temporary file. That file is removed with the last copy of this
// struct; a handler that wants to keep it renames it.
struct File {
  std::string name;          // of the field, such as "file" or "avatar"
  std::string filename;      // as the client says; never use it as a path
  std::string content_type;  // as the client says; may be empty
  std::filesystem::path path;
  std::size_t bytes = 0;
  std::shared_ptr<void> removal;  // removes `path` when the last copy goes
};

struct Request {
  Method method = Method::get;
  std::string target;  // as sent
  std::string path;    // decoded; valid UTF-8 without NUL, "." and ".." segments
  Headers headers;
  std::string body;  // empty for multipart, which goes to params and files

  // The client's address: the socket's, or from X-Forwarded-For when the socket's is a trusted proxy.
  std::string peer;
  std::string id;          // names this request in the log and in X-Request-Id
  std::string_view route;  // the pattern that matched; empty before routing and for 404
  std::chrono::steady_clock::time_point started{};

  // Query, body (form, multipart or JSON) and path parameters in one tree. Names as in Rails: "a[]" makes
  // an array, "poll[options][]" nests, "fields[0][name]" makes objects. A repeated scalar: the last wins.
  // Body beats query, path parameters beat both. A JSON array stands under "_json".
  boost::json::object params;
  std::vector<File> files;

  // Empty when the pattern has no such parameter.
  std::string_view path_param(std::string_view name) const;
  std::optional<std::string> cookie(std::string_view name) const;
  std::string_view query() const;  // raw, without "?"

  std::any context;  // for the gate above

  std::vector<std::pair<std::string_view, std::string>> path_params;  // names belong to the router
};

}  // namespace posy::http
