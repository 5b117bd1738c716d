#include "http/server.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <fstream>

#include "http/cors.hpp"
#include "http/refusal.hpp"
#include "http/test_server.hpp"

namespace posy::http::testing {
namespace {

TEST(Server, AnswersWithWhatTheHandlerReturns) {
  TestServer site;
  site.on(Method::get, "/hello/:name", [](Request const& request) {
    return text("hello " + std::string(request.path_param("name")) + " from " + request.peer);
  });
  site.start();
  Client client(site.port());
  Answer answer = client.get("/hello/w%C3%A9?x=1", {{"X-Forwarded-For", "203.0.113.9"}});
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.body, "hello wé from 203.0.113.9");
  EXPECT_EQ(answer.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_FALSE(answer.header("Date").empty());
  EXPECT_FALSE(answer.header("X-Request-Id").empty());

  Answer head = client.request("HEAD", "/hello/you");
  EXPECT_EQ(head.status, 200u);
  EXPECT_EQ(head.header("Content-Length"), std::to_string(std::string("hello you from 127.0.0.1").size()));
  EXPECT_EQ(client.connections_made(), 1);
}

TEST(Server, MergesParametersFromEverywhere) {
  TestServer site;
  site.on(Method::post, "/p/:id",
          [](Request const& request) { return json(boost::json::serialize(request.params)); });
  site.start();
  Client client(site.port());
  EXPECT_EQ(
      client.post("/p/7?a=q&b=q&id=q", R"({"a":[1],"id":"body"})", "application/json; charset=utf-8").body,
      R"({"a":[1],"b":"q","id":"7"})");
  EXPECT_EQ(client.post("/p/7", "a[]=1&a[]=2", "application/x-www-form-urlencoded").body,
            R"({"id":"7","a":["1","2"]})");
  EXPECT_EQ(client.post("/p/7", "anything", "application/octet-stream").body, R"({"id":"7"})");
  EXPECT_EQ(client.post("/p/7", "", "application/json").body, R"({"id":"7"})");
  EXPECT_EQ(client
                .post("/p/7",
                      "--b\r\nContent-Disposition: form-data; name=\"poll[options][]\"\r\n\r\nx\r\n--b\r\n"
                      "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nskipped\r\n--b--",
                      "multipart/form-data; boundary=b")
                .body,
            R"({"id":"7","poll":{"options":["x"]}})");
  EXPECT_EQ(client.connections_made(), 1);
}

TEST(Server, TellsWhatIsWrongAndKeepsTheConnection) {
  TestServer site;
  site.on(Method::post, "/p", [](Request const&) { return text("ok"); });
  site.on(Method::get, "/refused",
          [](Request const&) -> Response { refuse(Refusal::gone, "It is \"gone\""); });
  site.on(Method::get, "/broken",
          [](Request const&) -> Response { throw std::runtime_error("secret detail"); });
  site.start();
  Client client(site.port());
  Answer gone = client.get("/refused");
  EXPECT_EQ(gone.status, 410u);
  EXPECT_EQ(gone.body, R"({"error":"It is \"gone\""})");
  Answer broken = client.get("/broken");
  EXPECT_EQ(broken.status, 500u);
  EXPECT_EQ(broken.body.find("secret"), std::string::npos);
  EXPECT_EQ(client.post("/p", "{", "application/json").body, R"({"error":"Malformed JSON"})");
  EXPECT_EQ(client.post("/p", "a=%ff", "application/x-www-form-urlencoded").body,
            R"({"error":"Invalid UTF-8"})");
  EXPECT_EQ(client.get("/p?a=%ff").body, R"({"error":"Invalid UTF-8"})");
  EXPECT_EQ(client.get("/..%2fetc/passwd").status, 400u);
  EXPECT_EQ(client.get("/none").body, R"({"error":"Record not found"})");
  Answer wrong_method = client.get("/p");
  EXPECT_EQ(wrong_method.status, 405u);
  EXPECT_EQ(wrong_method.header("Allow"), "POST, OPTIONS");
  EXPECT_EQ(client.request("OPTIONS", "/p").status, 204u);
  EXPECT_EQ(client.connections_made(), 1);
}

TEST(Server, KeepsFilesOfUploadsUntilTheRequestEnds) {
  TestServer site;
  auto dir = std::filesystem::temp_directory_path() / ("posy-http-test-" + std::to_string(::getpid()));
  std::filesystem::create_directories(dir);
  site.options.spool_dir = dir;
  std::filesystem::path seen;
  auto handler = [&seen](Request const& request) {
    if (request.files.size() != 1) return error(422, "one file, please");
    File const& file = request.files[0];
    seen = file.path;
    std::ifstream in(file.path, std::ios::binary);
    std::string content(std::istreambuf_iterator<char>(in), {});
    return text(file.name + " " + file.filename + " " + file.content_type + " " + std::to_string(file.bytes) +
                " " + (content == std::string(300'000, 'x') ? "same" : "different"));
  };
  site.router.add({.method = Method::post,
                   .pattern = "/media",
                   .handler = at_once(handler),
                   .body_max = 400'000,
                   .spool = true});
  site.start();
  std::string head =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
      "Content-Type: image/png\r\n\r\n";
  std::string nothing = "\r\n--b\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n";
  std::string const type = "multipart/form-data; boundary=b";
  Client client(site.port());
  EXPECT_EQ(client.post("/media", head + std::string(300'000, 'x') + nothing + "\r\n--b--", type).body,
            "file a.png image/png 300000 same");
  EXPECT_EQ(client.post("/media", head + std::string(300'000, 'x'), type).status, 400u);
  EXPECT_EQ(client.post("/media", head + std::string(500'000, 'x') + "\r\n--b--", type).status, 413u);
  EXPECT_EQ(client.post("/media", "x", "multipart/form-data").status, 400u);
  client.get("/none");
  EXPECT_FALSE(seen.empty());
  EXPECT_TRUE(std::filesystem::is_empty(dir));
  site.server.reset();
  std::filesystem::remove_all(dir);
}

TEST(Server, SendsFilesAndTheirParts) {
  auto path = std::filesystem::temp_directory_path() / ("posy-http-file-" + std::to_string(::getpid()));
  std::string content;
  for (int i = 0; content.size() < 3'000'000; ++i) content += std::to_string(i);
  std::ofstream(path, std::ios::binary) << content;
  TestServer site;
  site.on(Method::get, "/f", [&](Request const&) { return file(path, "image/png", "max-age=60", "\"t\""); });
  site.on(Method::get, "/dir", [&](Request const&) { return file(path.parent_path(), "image/png"); });
  site.start();
  Client client(site.port());
  EXPECT_TRUE(client.get("/f").body == content);
  Answer part = client.get("/f", {{"Range", "bytes=-5"}});
  EXPECT_EQ(part.status, 206u);
  EXPECT_EQ(part.body, content.substr(content.size() - 5));
  EXPECT_EQ(part.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(client.get("/f", {{"Range", "bytes=9999999-"}}).status, 416u);
  Answer same = client.get("/f", {{"If-None-Match", "\"t\""}});
  EXPECT_EQ(same.status, 304u);
  EXPECT_EQ(same.header("ETag"), "\"t\"");
  EXPECT_EQ(client.request("HEAD", "/f").header("Content-Length"), std::to_string(content.size()));
  EXPECT_EQ(client.get("/dir").status, 404u);
  std::filesystem::remove(path);
  EXPECT_EQ(client.get("/f").status, 404u);
  EXPECT_EQ(client.connections_made(), 1);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  TestServer site;
  site.on(Method::get, "/:n",
          [](Request const& request) { return text(std::string(request.path_param("n"))); });
  site.start();
  RawSocket socket(site.port());
  std::string many;
  for (int i = 0; i < 200; ++i) many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  socket.send(many);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(receive_answer(socket).body, std::to_string(i));
}

TEST(Server, ObeysConnectionAndVersion) {
  TestServer site;
  site.on(Method::get, "/", [](Request const&) { return text("x"); });
  site.start();
  RawSocket old(site.port());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.receive_all().ends_with("\r\n\r\nx"));
  RawSocket kept(site.port());
  kept.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(receive_answer(kept).header("Connection"), "keep-alive");
  kept.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(receive_answer(kept).header("Connection"), "close");
  EXPECT_EQ(kept.receive_some(), "");
}

TEST(Server, HooksSeeEveryRequestAndAnswer) {
  TestServer site;
  site.on(Method::get, "/a", [](Request const&) { return json("{}"); });
  site.hooks.before = cors_preflight;
  site.hooks.after = [](Request const& request, Response& response) {
    cors_allow(response);
    response.headers.set("X-Route", request.route);
  };
  site.hooks.on_error = [](std::exception_ptr, Request const&) { return error(418, "teapot"); };
  site.on(Method::get, "/throws", [](Request const&) -> Response { throw 1; });
  site.start();
  Client client(site.port());
  Answer preflight = client.request("OPTIONS", "/a",
                                    {{"Origin", "https://app.example"},
                                     {"Access-Control-Request-Method", "POST"},
                                     {"Access-Control-Request-Headers", "Authorization, Idempotency-Key"}});
  EXPECT_EQ(preflight.status, 204u);
  EXPECT_EQ(preflight.header("Access-Control-Allow-Headers"), "Authorization, Idempotency-Key");
  Answer answer = client.get("/a");
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(answer.header("X-Route"), "/a");
  EXPECT_EQ(client.get("/throws").status, 418u);
  EXPECT_EQ(client.get("/none").header("Access-Control-Allow-Origin"), "*");
}

TEST(Server, ListensOnUnixSocketsAndRefusesOtherNames) {
  Router router;
  auto path = std::filesystem::temp_directory_path() / ("posy-http-" + std::to_string(::getpid()) + ".sock");
  {
    Server first({.listen = "unix:" + path.string()}, router);
    EXPECT_TRUE(std::filesystem::is_socket(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  for (std::string bad :
       {"", "8080", "localhost", "example.org:80", "127.0.0.1:x", "127.0.0.1:99999", "[::1:80"}) {
    EXPECT_THROW(Server({.listen = bad}, router), std::invalid_argument) << bad;
  }
}

}  // namespace
}  // namespace posy::http::testing
