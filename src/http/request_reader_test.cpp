#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "http/target.hpp"

namespace posy::http {
namespace {

// "status", or "METHOD target body" when all was understood, "more" when it is not complete.
std::string read(std::string_view text, std::size_t piece = 1'000'000, Limits limits = {}) {
  Request request;
  RequestReader reader(request, limits);
  std::filesystem::path nowhere;
  std::atomic<std::size_t> used{0};
  BodyRoom room(used, 1000);
  std::optional<BodyReader> body;
  std::string buffer;
  while (!reader.done()) {
    if (text.empty()) return "more";
    buffer += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    while (!buffer.empty() && !reader.done()) {
      if (reader.head_done() && !body) {
        body.emplace(request, room, 1000, false, limits, nowhere);
        reader.begin_body(&*body);
      }
      std::size_t taken = reader.feed(buffer);
      buffer.erase(0, taken);
      if (reader.failure()) return std::to_string(reader.failure()->status);
      if (taken == 0) break;
    }
  }
  return std::string(to_string(request.method)) + " " + request.target + " " + request.body;
}

std::string whole_and_pieces(std::string const& text) {
  std::string whole = read(text);
  for (std::size_t piece : {1, 2, 7}) {
    if (std::string other = read(text, piece); other != whole) return "whole " + whole + ", pieces " + other;
  }
  return whole;
}

std::string const post = "POST /x HTTP/1.1\r\nHost: h\r\n";

TEST(RequestReader, ReadsBodiesOfBothKinds) {
  EXPECT_EQ(whole_and_pieces("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), "GET / ");
  EXPECT_EQ(whole_and_pieces("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), "GET / ");
  EXPECT_EQ(whole_and_pieces("GET / HTTP/1.0\r\n\r\n"), "GET / ");
  EXPECT_EQ(whole_and_pieces(post + "Content-Length: 3\r\n\r\nabc"), "POST /x abc");
  EXPECT_EQ(whole_and_pieces(
                post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nHost: t\r\n\r\n"),
            "POST /x abcde");
}

TEST(RequestReader, RefusesWhatProxiesMayReadDifferently) {
  for (std::string head : {
           "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
           "Content-Length: 3\r\nContent-Length: 4\r\n",
           "Content-Length: 3\r\nContent-Length: 3\r\n",
           "Content-Length: 3, 3\r\n",
           "Content-Length: +3\r\n",
           "Content-Length: -3\r\n",
           "Content-Length: 0x3\r\n",
           "Content-Length: \r\n",
           "Content-Length: 99999999999999999999\r\n",
           "Content-Length : 3\r\n",
           "Transfer-Encoding: gzip\r\n",
           "Transfer-Encoding: gzip, chunked\r\n",
           "Transfer-Encoding: chunked, identity\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
           "Transfer-Encoding: xchunked\r\n",
           "Transfer-Encoding\x01: chunked\r\n",
           "X: a\r\n folded\r\n",
           "X: a\r\n\tContent-Length: 3\r\n",
           " X: a\r\n",
           "X: a\nY: b\r\n",
           "X: a\rb\r\n",
           "X y: a\r\n",
           ": a\r\n",
           "no colon\r\n",
           "Host: second\r\n",
       }) {
    EXPECT_EQ(whole_and_pieces(post + head + "\r\nabc"), "400") << head;
  }
  EXPECT_EQ(read(post + std::string("X: a\0b\r\n\r\n", 11)), "400");
  EXPECT_EQ(read("GET / HTTP/1.1\r\n\r\n"), "400");
  EXPECT_EQ(read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400");
}

TEST(RequestReader, RefusesBadRequestLines) {
  for (std::string line :
       {"GET  / HTTP/1.1", "GET / HTTP/2.0", "GET /", "GET / HTTP/1.1 ", "GET /a b HTTP/1.1",
        "GET / http/1.1", "G@T / HTTP/1.1\x7f", "\x16\x03\x01", "GET /\x01 HTTP/1.1"}) {
    EXPECT_EQ(whole_and_pieces(line + "\r\nHost: h\r\n\r\n"), "400") << line;
  }
  EXPECT_EQ(whole_and_pieces("PROPFIND / HTTP/1.1\r\nHost: h\r\n\r\n"), "501");
}

TEST(RequestReader, RefusesBadChunks) {
  for (std::string body : {"x\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\n", "11111111111111111\r\n",
                           "3 x\r\nabc\r\n0\r\n\r\n", "\r\nabc\r\n", "3\nabc\r\n0\r\n\r\n"}) {
    EXPECT_EQ(read(post + "Transfer-Encoding: chunked\r\n\r\n" + body), "400") << body;
    EXPECT_EQ(read(post + "Transfer-Encoding: chunked\r\n\r\n" + body, 1), "400") << body;
  }
  EXPECT_EQ(
      read(post + "Transfer-Encoding: chunked\r\n\r\n3;" + std::string(300, 'e') + "\r\nabc\r\n0\r\n\r\n"),
      "400");
  EXPECT_EQ(read(post + "Transfer-Encoding: chunked\r\n\r\n3;" + std::string(20'000, 'e')), "400");
  EXPECT_EQ(read(post + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(20'000, 'e')), "400");
  EXPECT_EQ(read(post + "Transfer-Encoding: chunked\r\n\r\n3\r\nab"), "more");
}

TEST(RequestReader, LimitsHeadTargetAndBody) {
  EXPECT_EQ(read("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n"), "414");
  EXPECT_EQ(read("GET /" + std::string(90'000, 'x'), 1000), "414");
  EXPECT_EQ(read(post + "X: " + std::string(20'000, 'x') + "\r\n\r\n", 1000), "431");
  std::string many;
  for (int i = 0; i < 4000; ++i) many += "X: 1\r\n";
  EXPECT_EQ(read(post + many, 100), "431");
  EXPECT_EQ(read(post + many), "431");
  EXPECT_EQ(read(post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x')), "413");
  EXPECT_EQ(
      read(post + "Transfer-Encoding: chunked\r\n\r\n400\r\n" + std::string(1024, 'x') + "\r\n0\r\n\r\n",
           100),
      "413");
}

std::string path_of(std::string target) {
  Request request;
  request.target = std::move(target);
  auto path = read_target(request, {});
  return path ? request.path : "refused";
}

TEST(Target, IsDecodedOnceAndChecked) {
  EXPECT_EQ(path_of("/a%20b/%C3%A9?x=1"), "/a b/é");
  EXPECT_EQ(path_of("http://host:80/a"), "/a");
  EXPECT_EQ(path_of("/a..b/.well-known/..."), "/a..b/.well-known/...");
  EXPECT_EQ(path_of("/%2541"), "/%41");
  for (auto bad : {"/../etc", "/a/..", "/a/%2e%2E/b", "/a/..%2fb", "/a%2f..%2fb", "/./a", "/%ff", "/a%00",
                   "a", "*", "http://host", "/a#b", "//../x", "/a?b=%ff", "ftp://host/a"}) {
    EXPECT_EQ(path_of(bad), "refused") << bad;
  }
}

}  // namespace
}  // namespace posy::http
