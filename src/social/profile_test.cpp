#include "social/profile.hpp"

#include <gmock/gmock.h>

#include "social/test_world.hpp"
#include "store/profile_field.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class Profiles : public Rules {
 protected:
  Person alice = world.local("alice");

  store::Account change(ProfileChange const& change) {
    return world.write([&](db::Writer& w) {
      update_profile(w, world.site, alice.id, change);
      return *store::find_account(w, alice.id);
    });
  }
  std::vector<store::ProfileField> fields(std::vector<FieldText> const& texts) {
    return store::decode_fields(change({.fields = texts}).fields);
  }
  Error refused(ProfileChange const& change) {
    return world.refusal([&](db::Writer& w) { update_profile(w, world.site, alice.id, change); });
  }
};

TEST_P(Profiles, KeepTheSourceAndShowCleanHtml) {
  world.local("bob");
  auto account = change({.display_name = "  Alice\nLiddell ", .note = "Hi @bob #cats <script>x</script>"});
  EXPECT_EQ(account.display_name, "Alice Liddell");
  EXPECT_EQ(account.note_source, "Hi @bob #cats <script>x</script>");
  EXPECT_THAT(account.note, HasSubstr("https://posy.test/@bob"));
  EXPECT_THAT(account.note, HasSubstr("https://posy.test/tags/cats"));
  EXPECT_THAT(account.note, Not(HasSubstr("<script")));
}

TEST_P(Profiles, ChangeOnlyWhatIsGiven) {
  change({.display_name = "Alice", .bot = true, .discoverable = true, .show_media = false});
  auto account = change({.note = "hello"});
  EXPECT_EQ(account.display_name, "Alice");
  EXPECT_TRUE(account.bot && account.discoverable);
  EXPECT_FALSE(account.show_media);
}

TEST_P(Profiles, HaveFieldsWithLinksThatSayMe) {
  auto kept = fields({{"Site", "https://alice.example"}, {"", ""}, {"Quote", "\"<b>\" & \\"}});
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_THAT(kept[0].value, HasSubstr("rel=\"me nofollow noopener\""));
  EXPECT_THAT(kept[0].value, Not(HasSubstr("<p>")));
  EXPECT_EQ(kept[1].source, "\"<b>\" & \\");
  EXPECT_THAT(kept[1].value, Not(HasSubstr("<b>")));
  EXPECT_THAT(fields({}), SizeIs(0));
}

TEST_P(Profiles, KeepTheVerificationOfAFieldThatStays) {
  fields({{"Site", "https://alice.example"}});
  world.write([&](db::Writer& w) {
    auto account = *store::find_account(w, alice.id);
    auto rows = store::decode_fields(account.fields);
    rows[0].verified_at = 1'700'000'000'000;
    account.fields = store::encode_fields(rows);
    store::update_account(w, account);
  });
  auto kept = fields({{"Other", "text"}, {"Home", "https://alice.example"}});
  EXPECT_FALSE(kept[0].verified_at);
  EXPECT_EQ(kept[1].verified_at, 1'700'000'000'000);
}

TEST_P(Profiles, RefuseWhatIsTooMuch) {
  EXPECT_THAT(refused({.display_name = std::string(101, 'x')}).message,
              HasSubstr("Display name is too long"));
  EXPECT_THAT(refused({.note = std::string(2001, 'x')}).message, HasSubstr("limit of 2000"));
  EXPECT_THAT(refused({.fields = std::vector<FieldText>(9, {"a", "b"})}).message, HasSubstr("too many"));
  EXPECT_THAT(refused({.fields = std::vector<FieldText>{{"", "b"}}}).message, HasSubstr("missing labels"));
  EXPECT_THAT(refused({.fields = std::vector<FieldText>{{std::string(256, 'n'), "b"}}}).message,
              HasSubstr("too long"));
  EXPECT_THAT(refused({.attribution_domains = std::vector<std::string>{"not a domain"}}).message,
              HasSubstr("invalid domain"));
}

TEST_P(Profiles, FoldAttributionDomains) {
  auto account =
      change({.attribution_domains = std::vector<std::string>{"Press.Example", " press.example ", ""}});
  EXPECT_THAT(store::decode_domains(account.attribution_domains), ElementsAre("press.example"));
}

TEST_P(Profiles, LoseTheDescriptionWithThePicture) {
  change({.avatar = "aa/picture.png", .avatar_description = "a cat"});
  auto account = change({.avatar = ""});
  EXPECT_EQ(account.avatar, "");
  EXPECT_EQ(account.avatar_description, "");
}

TEST_P(Profiles, KeepDefaultsThatMakeSense) {
  world.write([&](db::Writer& w) {
    update_defaults(w, alice.id,
                    {.visibility = Visibility::followers,
                     .sensitive = true,
                     .language = "fr",
                     .quote_policy = store::QuotePolicy::nobody});
  });
  auto login = world.read([&](db::Reader& r) { return *store::find_login(r, alice.id); });
  EXPECT_EQ(login.default_visibility, Visibility::followers);
  EXPECT_TRUE(login.default_sensitive);
  EXPECT_EQ(login.default_language, "fr");
  for (auto const& bad :
       {PostingDefaults{.visibility = Visibility::direct}, PostingDefaults{.language = "gibberish"}}) {
    auto error = world.refusal([&](db::Writer& w) { update_defaults(w, alice.id, bad); });
    EXPECT_EQ(error.refusal, Refusal::unprocessable);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, Profiles, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
