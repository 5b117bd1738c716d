#include "http/conditional.hpp"

#include <gtest/gtest.h>

namespace posy::http {
namespace {

Request get(Headers headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

// "status first+bytes content-range" for a file of 100 bytes.
std::string ranged(Headers headers, std::uint64_t size = 100) {
  Response response = file("/x", "image/png", "", "\"tag\"");
  response.headers.add("Last-Modified", "Sun, 22 Nov 2026 15:04:05 GMT");
  Slice slice = answer_range(get(std::move(headers)), response, size);
  return std::to_string(response.status) + " " + std::to_string(slice.first) + "+" +
         std::to_string(slice.bytes) + " " +
         std::string(response.headers.find("Content-Range").value_or("-"));
}

TEST(Ranges, GiveTheirPart) {
  EXPECT_EQ(ranged({{"Range", "bytes=0-0"}}), "206 0+1 bytes 0-0/100");
  EXPECT_EQ(ranged({{"Range", "bytes=10-"}}), "206 10+90 bytes 10-99/100");
  EXPECT_EQ(ranged({{"Range", "bytes=-5"}}), "206 95+5 bytes 95-99/100");
  EXPECT_EQ(ranged({{"Range", "bytes=-500"}}), "206 0+100 bytes 0-99/100");
  EXPECT_EQ(ranged({{"Range", "bytes=90-1000"}}), "206 90+10 bytes 90-99/100");
  EXPECT_EQ(ranged({{"Range", "bytes=0-18446744073709551615"}}), "206 0+100 bytes 0-99/100");
}

TEST(Ranges, OutsideTheFileAre416) {
  EXPECT_EQ(ranged({{"Range", "bytes=100-"}}), "416 0+0 bytes */100");
  EXPECT_EQ(ranged({{"Range", "bytes=-0"}}), "416 0+0 bytes */100");
  EXPECT_EQ(ranged({{"Range", "bytes=0-"}}, 0), "416 0+0 bytes */0");
}

TEST(Ranges, ThatAreNoneGiveTheWhole) {
  for (auto text : {"bytes=5-4", "bytes=a-b", "bytes=", "bytes=-", "bytes=0-1,5-6", "lines=0-1", "0-1",
                    "bytes=+1-2", "bytes=99999999999999999999-", "bytes=1--2"}) {
    EXPECT_EQ(ranged({{"Range", text}}), "200 0+100 -") << text;
  }
}

TEST(Ranges, NeedAFileThatIsStillTheSame) {
  EXPECT_TRUE(ranged({{"Range", "bytes=0-0"}, {"If-Range", "\"tag\""}}).starts_with("206"));
  EXPECT_TRUE(ranged({{"Range", "bytes=0-0"}, {"If-Range", "\"old\""}}).starts_with("200"));
  EXPECT_TRUE(ranged({{"Range", "bytes=0-0"}, {"If-Range", "W/\"tag\""}}).starts_with("200"));
  EXPECT_TRUE(
      ranged({{"Range", "bytes=0-0"}, {"If-Range", "Sun, 22 Nov 2026 15:04:05 GMT"}}).starts_with("206"));
  EXPECT_TRUE(
      ranged({{"Range", "bytes=0-0"}, {"If-Range", "Sun, 22 Nov 2026 15:04:06 GMT"}}).starts_with("200"));
}

unsigned status_with(Headers headers, std::string_view etag = "\"tag\"") {
  Response response = html("page");
  if (!etag.empty()) response.headers.add("ETag", etag);
  response.headers.add("Last-Modified", "Sun, 22 Nov 2026 15:04:05 GMT");
  answer_if_unchanged(get(std::move(headers)), response);
  return response.status;
}

TEST(Conditions, Answer304WhenNothingChanged) {
  EXPECT_EQ(status_with({{"If-None-Match", "\"tag\""}}), 304u);
  EXPECT_EQ(status_with({{"If-None-Match", "\"a\", W/\"tag\" , \"b\""}}), 304u);
  EXPECT_EQ(status_with({{"If-None-Match", "*"}}), 304u);
  EXPECT_EQ(status_with({{"If-None-Match", "\"ta\""}}), 200u);
  EXPECT_EQ(status_with({{"If-None-Match", "\"tag\""}}, ""), 200u);
  EXPECT_EQ(status_with({{"If-Modified-Since", "Sun, 22 Nov 2026 15:04:05 GMT"}}), 304u);
  EXPECT_EQ(status_with({{"If-Modified-Since", "Sun, 22 Nov 2026 15:04:04 GMT"}}), 200u);
  EXPECT_EQ(status_with({{"If-Modified-Since", "yesterday"}}), 200u);
  EXPECT_EQ(status_with({{"If-None-Match", "\"x\""}, {"If-Modified-Since", "Sun, 22 Nov 2026 15:04:05 GMT"}}),
            200u);
}

TEST(Conditions, LeaveOtherMethodsAlone) {
  Request request = get({{"If-None-Match", "*"}});
  request.method = Method::post;
  Response response = html("page");
  response.headers.add("ETag", "\"tag\"");
  answer_if_unchanged(request, response);
  EXPECT_EQ(response.status, 200u);
}

}  // namespace
}  // namespace posy::http
