#include "api/typescript/typescript.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "api/typescript/printer.hpp"
#include "base/error.hpp"

namespace posy::api::typescript {

struct Inner {
  int number = 0;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (number))

struct Base {
  std::string id;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(Base, (), (id, post))

struct Sample : Base {
  std::optional<std::string> perhaps;
  json::Omittable<bool> absent;
  json::Omittable<std::optional<json::Raw>> both;
  std::vector<Inner> inner;
  std::vector<std::optional<double>> holes;
  std::map<std::string, std::vector<std::string>> table;
  std::string word;
  Time created_at;
  bool private_ = false;
};
BOOST_DESCRIBE_STRUCT(Sample, (Base), (perhaps, absent, both, inner, holes, table, word, created_at, private_))

namespace {

using ::testing::HasSubstr;

TEST(TypeScript, PrintsWhatJsonHas) {
  Printer printer({{"Sample", "both", "Inner[]"}, {"Sample", "word", "\"a\" | \"b\""}});
  printer.add<Sample>();
  printer.add<Inner>();  // once is enough
  EXPECT_EQ(printer.finish(), R"(
export interface Inner {
  number: number;
}

export interface Sample {
  id: string;
  post: string;
  perhaps: string | null;
  absent?: boolean;
  both?: Inner[] | null;
  inner: Inner[];
  holes: (number | null)[];
  table: Record<string, string[]>;
  word: "a" | "b";
  created_at: string;
  private: boolean;
}
)");
}

TEST(TypeScript, SaysWhatNobodyExplainsOrNobodyAskedFor) {
  Printer silent({});
  EXPECT_THROW(silent.add<Sample>(), Refused);
  Printer talkative({{"Inner", "letter", "string"}});
  talkative.add<Inner>();
  EXPECT_THROW(talkative.finish(), Refused);
}

TEST(TypeScript, EveryEntityIsThere) {
  auto types = typescript_types();
  EXPECT_THAT(types, HasSubstr("export interface Status {\n  id: string;\n  created_at: string;\n"));
  EXPECT_THAT(types, HasSubstr("  account: Account;\n"));
  EXPECT_THAT(types, HasSubstr("  visibility: \"public\" | \"unlisted\" | \"private\" | \"direct\";\n"));
  EXPECT_THAT(types, HasSubstr("  reblog: Status | null;\n"));
}

TEST(TypeScript, WhatTheDeskWasBuiltWithIsCurrent) {
  std::filesystem::path file = POSY_WEB "/src/api/types.ts";
  if (!std::filesystem::exists(POSY_WEB)) GTEST_SKIP() << "there is no desk in this tree";
  std::ifstream in(file, std::ios::binary);
  ASSERT_TRUE(in) << file << " is missing: posy types > web/src/api/types.ts";
  std::string kept{std::istreambuf_iterator<char>(in), {}};
  EXPECT_TRUE(kept == typescript_types()) << "out of date: posy types > web/src/api/types.ts";
}

}  // namespace
}  // namespace posy::api::typescript
