#include "http/resolve_table.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace posy::http {
namespace {

std::string found(ResolveTable const& table, std::string_view host, std::uint16_t port) {
  auto endpoint = table.find(host, port);
  return endpoint ? fmt::format("{} {}", endpoint->address().to_string(), endpoint->port()) : "";
}

TEST(ResolveTable, TakesTheNearestEntry) {
  auto table = ResolveTable::parse({
                                       {"a.test:443", "127.0.0.1:8443"},
                                       {"a.test:*", "127.0.0.2:*"},
                                       {"*.test:*", "127.0.0.3:*"},
                                       {"*.test:80", "127.0.0.4:8080"},
                                       {"*.b.test:*", "[::1]:9000"},
                                   })
                   .value();
  EXPECT_EQ(found(table, "a.test", 443), "127.0.0.1 8443");
  EXPECT_EQ(found(table, "a.test", 80), "127.0.0.2 80");
  EXPECT_EQ(found(table, "c.test", 443), "127.0.0.3 443");
  EXPECT_EQ(found(table, "c.test", 80), "127.0.0.4 8080");
  EXPECT_EQ(found(table, "d.c.a.test", 1), "127.0.0.3 1");
  EXPECT_EQ(found(table, "c.b.test", 80), "::1 9000");
  EXPECT_EQ(found(table, "b.test", 443), "127.0.0.3 443");
  for (auto host : {"test", "nottest", "a.test.example", "a.example", ".", "127.0.0.1", "::1"}) {
    EXPECT_EQ(found(table, host, 443), "") << host;
  }
}

TEST(ResolveTable, RefusesWhatItCannotUse) {
  for (auto [from, to] :
       std::initializer_list<std::pair<char const*, char const*>>{{"a.test", "127.0.0.1:1"},
                                                                  {"a.test:", "127.0.0.1:1"},
                                                                  {"a.test:0", "127.0.0.1:1"},
                                                                  {"a.test:99999", "127.0.0.1:1"},
                                                                  {":1", "127.0.0.1:1"},
                                                                  {"a.test:1", "b.test:1"},
                                                                  {"a.test:1", "127.0.0.1"},
                                                                  {"a.test:1", ""},
                                                                  {"a.test:1x", "127.0.0.1:1"}}) {
    EXPECT_FALSE(ResolveTable::parse({{from, to}})) << from << " = " << to;
  }
}

}  // namespace
}  // namespace posy::http
