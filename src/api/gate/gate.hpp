// The gate: turns a token into a person, checks scope and rate, and only then lets a request through.
//
// Tokens are kept in memory once seen (bounded; dropped when revoked), so that a request costs no query.
#pragma once

#include <memory>
#include <span>

#include "api/api.hpp"

namespace posy::api {

class Gate {
 public:
  // Requests from `exempt` networks are not limited in rate.
  Gate(db::Database& db, http::RateLimiter& limiter, Clock const& clock, http::Networks const& exempt);
  ~Gate();
  Gate(Gate const&) = delete;
  Gate& operator=(Gate const&) = delete;

  // The owner of a token; nullopt when it is unknown, revoked or its person may not sign in.
  Task<std::optional<Who>> find(std::string token);
  // From the Authorization header, else the parameter access_token, else Sec-WebSocket-Protocol.
  static std::string token_of(http::Request const& request);
  // Forgets a revoked token; 0 forgets all (an account was disabled). Never waits.
  void forget(TokenId token);

  // Adds an area's routes.
  void add(http::Router& router, Api& api, std::span<Route const> routes);
  // The X-RateLimit headers of an answer to a request that came through here: for the server's `after` hook,
  // so that refusals and failures carry them too.
  static void add_rate_headers(http::Request const& request, http::Response& response);

 private:
  struct Tokens;
  struct Found;
  Task<Found> look_up(std::string token);
  std::optional<http::Response> count(http::Request& request, Route const& route, Who const& who);
  Task<std::optional<http::Response>> admit(http::Request& request, Route const& route);

  db::Database& db_;
  http::RateLimiter& limiter_;
  Clock const& clock_;
  http::Networks const& exempt_;
  std::unique_ptr<Tokens> tokens_;
};

}  // namespace posy::api
