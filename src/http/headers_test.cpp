#include "http/headers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "http/request.hpp"

namespace posy::http {
namespace {

TEST(Headers, AreFoundWithoutCase) {
  Headers headers{{"Content-Type", "text/plain"}, {"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(headers.find("content-type"), "text/plain");
  EXPECT_EQ(headers.find("X-a"), "1");
  EXPECT_EQ(headers.all("X-A").size(), 2u);
  EXPECT_FALSE(headers.find("X-B"));
}

TEST(Headers, SetReplacesAllOfThatName) {
  Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
  headers.set("A", "4");
  EXPECT_EQ(headers.all("a"), std::vector<std::string_view>{"4"});
  EXPECT_EQ(headers.find("B"), "2");
  headers.set("B", *headers.find("A"));
  EXPECT_EQ(headers.find("B"), "4");
  headers.remove("b");
  EXPECT_EQ(headers.size(), 1u);
}

TEST(Headers, RefuseWhatWouldBeginAnotherLine) {
  Headers headers;
  EXPECT_THROW(headers.add("A", "x\r\nSet-Cookie: evil=1"), std::invalid_argument);
  EXPECT_THROW(headers.add("A", std::string_view("x\0y", 3)), std::invalid_argument);
  EXPECT_THROW(headers.add("A b", "x"), std::invalid_argument);
  EXPECT_THROW(headers.add("", "x"), std::invalid_argument);
  EXPECT_TRUE(headers.empty());
}

TEST(Cookies, AreReadFromAllLines) {
  Request request;
  request.headers.add("Cookie", "a=1; session=\"x y\" ;empty=; novalue");
  request.headers.add("Cookie", "last=é");
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("session"), "x y");
  EXPECT_EQ(request.cookie("empty"), "");
  EXPECT_EQ(request.cookie("last"), "é");
  EXPECT_FALSE(request.cookie("novalue"));
  EXPECT_FALSE(request.cookie("sess"));
}

}  // namespace
}  // namespace posy::http
