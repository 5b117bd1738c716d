// From method and path to an endpoint. Patterns: "/api/v1/statuses/:id/favourite"; ":name" is one segment
// that is not empty, with fixed text around it if need be ("/@:name.rss"), "*rest" (last only) the tail,
// also an empty one. Fixed text wins over ":name", ":name" over "*rest". One slash at the end of a path
// is ignored. HEAD falls back to GET.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/task.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace posy::http {

using Handler = std::function<Task<Response>(Request&)>;

struct Endpoint {
  Method method = Method::get;
  std::string pattern;
  Handler handler;
  std::size_t body_max = 1 << 20;
  bool spool = false;  // files of multipart bodies go to temporary files; else they are skipped
  // Asked before the body is read: token, scope, rate. Nothing means go on.
  std::function<Task<std::optional<Response>>(Request&)> admit = {};
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // Throws std::invalid_argument for a broken pattern, for a second one with the same method and shape,
  // and where two patterns name the same segment differently.
  void add(Endpoint endpoint);

  struct Match {
    Endpoint const* endpoint = nullptr;  // null: see `allow`
    std::vector<std::pair<std::string_view, std::string>> params;
    std::string allow;  // for 405, such as "GET, HEAD, OPTIONS"; empty for 404
  };
  // `path` is the raw path of the target: split first, then decoded, so that %2F parts no segments.
  Match match(Method method, std::string_view path) const;

  std::vector<Endpoint const*> list() const;  // in the order of adding

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
};

}  // namespace posy::http
