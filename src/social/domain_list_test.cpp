#include "social/domain_list.hpp"

#include <gmock/gmock.h>

#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::DomainRule;
using store::Severity;

DomainList read(std::string_view text, Severity otherwise = Severity::suspend) {
  return read_domain_list(text, {.severity = otherwise}).value();
}

std::vector<std::string> domains(DomainList const& list) {
  std::vector<std::string> out;
  for (auto const& listed : list.rules) out.push_back(listed.rule.domain);
  return out;
}

TEST(DomainList, ReadsMastodonsColumnsInAnyOrder) {
  auto list = read(
      "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n"
      "Bad.example,suspend,True,False,\"spam, \"\"and\"\"\nworse\",true\r\n"
      "loud.example,limit,false,1,,\r\n");
  ASSERT_EQ(list.rules.size(), 2u);
  auto const& bad = list.rules[0].rule;
  EXPECT_EQ(bad.domain, "bad.example");
  EXPECT_EQ(bad.severity, Severity::suspend);
  EXPECT_TRUE(bad.reject_media && !bad.reject_reports && bad.obfuscate);
  EXPECT_EQ(bad.public_comment, "spam, \"and\"\nworse");
  EXPECT_EQ(list.rules[1].line, 4u) << "a comment of two lines counts as two";
  EXPECT_EQ(list.rules[1].rule.severity, Severity::silence);
  EXPECT_TRUE(list.rules[1].rule.reject_reports);
  auto turned = read("severity,unknown,domain\nnoop,x,a.example\n");
  ASSERT_EQ(turned.rules.size(), 1u);
  EXPECT_EQ(turned.rules[0].rule.severity, Severity::noop);
}

TEST(DomainList, ReadsPlainLines) {
  auto list = read("\xef\xbb\xbf# a comment\na.example\n\n  b.example  \r\nc.example", Severity::silence);
  EXPECT_THAT(domains(list), ::testing::ElementsAre("a.example", "b.example", "c.example"));
  EXPECT_EQ(list.rules[2].rule.severity, Severity::silence);
  EXPECT_EQ(list.left_out_count, 0u);
}

TEST(DomainList, SaysLineAndReasonOfWhatItLeavesOut) {
  auto list = read(
      "domain,severity,reject_media\n"
      "b**.example,suspend,\n"
      "no domain,suspend,\n"
      ",suspend,\n"
      "a.example,kill,\n"
      "a.example,silence,perhaps\n"
      "\"open,suspend,\n"
      "\"a\"b,suspend,\n"
      "last.example,suspend,true\n");
  std::vector<std::size_t> lines;
  for (auto const& remark : list.left_out) {
    lines.push_back(remark.line);
    EXPECT_NE(remark.text, "");
  }
  EXPECT_THAT(lines, ::testing::ElementsAre(2, 3, 4, 5, 6, 7, 8));
  EXPECT_THAT(domains(list), ::testing::ElementsAre("last.example"));
}

TEST(DomainList, IsBounded) {
  EXPECT_FALSE(read_domain_list(std::string(list_bytes_max + 1, 'a'), {}));
  std::string many;
  for (std::size_t i = 0; i < list_records_max + 10; ++i) many += "a.example\n";
  auto list = read(many);
  EXPECT_EQ(list.rules.size(), list_records_max);
  EXPECT_EQ(list.left_out_count, 1u);
  std::string bad;
  for (std::size_t i = 0; i < list_remarks_max + 10; ++i) bad += "no domain\n";
  auto refused = read(bad);
  EXPECT_EQ(refused.left_out.size(), list_remarks_max);
  EXPECT_EQ(refused.left_out_count, list_remarks_max + 10);
  EXPECT_EQ(domains(read(std::string(list_field_bytes_max + 1, 'a') + "\na.example")).size(), 1u);
  EXPECT_EQ(domains(read(std::string(list_fields_max, ',') + "\na.example")).size(), 1u);
  // Each quote makes the reader look for its partner: that must end within a field's length.
  std::string quotes;
  for (int i = 0; i < 20'000; ++i) quotes += "\"\n";
  EXPECT_EQ(read(quotes).rules.size(), 0u);
}

class DomainListTest : public Rules {
 protected:
  Takeover import(std::string_view text) {
    auto list = read(text);
    Takeover out;
    world.write([&](db::Writer& w) { take_over(w, world.site, list.rules, out); });
    return out;
  }
  std::string exported() {
    return world.read([](db::Reader& r) { return write_domain_list(store::all_domain_rules(r)); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, DomainListTest, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(DomainListTest, WhatIsWrittenIsReadBack) {
  std::string text =
      "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"
      "a.example,suspend,true,false,\"one, \"\"two\"\"\nthree\",true\n"
      "b.example,noop,false,true,,false\n";
  auto done = import(text);
  EXPECT_EQ(done.added, 2u);
  EXPECT_EQ(exported(), text);
  EXPECT_EQ(import(exported()).kept, 2u);
  EXPECT_EQ(exported(), text);
}

TEST_P(DomainListTest, NeverWeakensWhatIsThere) {
  world.write([](db::Writer& w) {
    put_rule(w, {.domain = "bad.example", .severity = Severity::suspend, .reject_reports = true});
    put_rule(w, {.domain = "loud.example", .severity = Severity::silence, .public_comment = "loud"});
  });
  auto done = import(
      "domain,severity,reject_media,public_comment\n"
      "bad.example,noop,,\n"
      "sub.bad.example,silence,,\n"
      "loud.example,noop,true,other\n"
      "new.example,silence,,\n"
      "new.example,suspend,,\n");
  EXPECT_EQ(done.kept, 2u);
  EXPECT_EQ(done.strengthened, 2u);
  EXPECT_EQ(done.added, 1u);
  ASSERT_EQ(done.remarks.size(), 3u);
  EXPECT_EQ(done.remarks[1].line, 3u);
  EXPECT_THAT(done.remarks[1].text, ::testing::HasSubstr("bad.example is stronger"));
  EXPECT_EQ(exported(),
            "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"
            "bad.example,suspend,false,true,,false\n"
            "loud.example,silence,true,false,loud,false\n"
            "new.example,suspend,false,false,,false\n");
}

TEST_P(DomainListTest, LeavesThisServerOut) {
  auto done = import(world.site.account_domain + "\n");
  EXPECT_EQ(done.added, 0u);
  EXPECT_EQ(done.remarks.size(), 1u);
}

}  // namespace
}  // namespace posy::social::testing
