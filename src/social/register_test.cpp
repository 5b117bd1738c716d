#include "social/register.hpp"

#include <gmock/gmock.h>

#include "crypto/password.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Registration : public Rules {
 protected:
  Registration() { world.site.registrations = Registrations::open; }

  SignUp form = {.username = "daisy",
                 .email = "daisy@mail.example",
                 .password = "correct horse",
                 .agreement = true,
                 .reason = "I garden"};

  // "username ERR_TAKEN", one for each complaint.
  std::vector<std::string> complaints(SignUp const& about) {
    auto found = world.read([&](db::Reader& r) { return check_sign_up(r, world.site, about); });
    std::vector<std::string> out;
    for (auto const& complaint : found) out.push_back(complaint.field + " " + complaint.code);
    return out;
  }
  AccountId join() {
    return world.write([&](db::Writer& w) { return sign_up(w, world.site, form, "hash"); });
  }
  store::Login login(AccountId who) {
    return world.read([&](db::Reader& r) { return *store::find_login(r, who); });
  }
  Result<> entry(AccountId who) {
    return world.read([&](db::Reader& r) { return may_sign_in(r, *store::find_login(r, who)); });
  }
};

TEST_P(Registration, TakesWhoFillsInTheForm) {
  EXPECT_THAT(complaints(form), IsEmpty());
  auto who = join();
  EXPECT_EQ(login(who).email, "daisy@mail.example");
  EXPECT_TRUE(login(who).approved_at);
  EXPECT_TRUE(entry(who));
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::account_stats(r, {who}).size(); }), 1u);
}

TEST_P(Registration, NamesEverythingThatIsWrong) {
  EXPECT_THAT(complaints({}), ElementsAre("username ERR_BLANK", "email ERR_BLANK", "password ERR_BLANK",
                                          "agreement ERR_ACCEPTED"));
  SignUp bad = {.username = "not a name", .email = "nobody", .password = "short", .agreement = true};
  EXPECT_THAT(complaints(bad),
              ElementsAre("username ERR_INVALID", "email ERR_INVALID", "password ERR_TOO_SHORT"));
  auto error = world.refusal([&](db::Writer& w) { sign_up(w, world.site, bad, "hash"); });
  EXPECT_EQ(
      error.message,
      "Validation failed: Username must contain only letters, numbers and underscores, Email is invalid, "
      "Password is too short (minimum is 8 characters)");
}

TEST_P(Registration, KnowsHostileNames) {
  for (std::string name :
       {"dai sy", "daisy'; --", "<b>", "dai\nsy", "däisy", "daisy\xff", "../etc", "@daisy", "a.b"}) {
    form.username = name;
    EXPECT_THAT(complaints(form), ElementsAre("username ERR_INVALID")) << name;
  }
  form.username = std::string(31, 'a');
  EXPECT_THAT(complaints(form), ElementsAre("username ERR_TOO_LONG"));
  form.username = "AdMiN";
  EXPECT_THAT(complaints(form), ElementsAre("username ERR_RESERVED"));
}

TEST_P(Registration, KnowsHostileAddresses) {
  for (std::string email :
       {"@mail.example", "daisy@", "daisy@localhost", "a b@mail.example", "a\nb@mail.example",
        "<a@mail.example", "a,b@mail.example", "daisy@mail..example", "daisy@-.example"}) {
    form.email = email;
    EXPECT_THAT(complaints(form), ElementsAre("email ERR_INVALID")) << email;
  }
}

TEST_P(Registration, TakesEachNameAndAddressOnceWhateverItsCase) {
  join();
  form.username = "DAISY";
  form.email = "Daisy@Mail.Example";
  EXPECT_THAT(complaints(form), ElementsAre("username ERR_TAKEN", "email ERR_TAKEN"));
}

TEST_P(Registration, IsRefusedWhereItIsClosed) {
  world.site.registrations = Registrations::closed;
  auto error = world.refusal([&](db::Writer& w) { sign_up(w, world.site, form, "hash"); });
  EXPECT_EQ(error.refusal, Refusal::forbidden);
}

TEST_P(Registration, WaitsWhereItNeedsApprovalAndTellsStaff) {
  world.site.registrations = Registrations::approval;
  SignUp owner = {.username = "owner", .email = "o@mail.example", .password = "correct horse"};
  auto staff = world.write([&](db::Writer& w) { return add_member(w, owner, "hash", store::Role::owner); });
  auto silent = form;
  silent.reason = " ";
  EXPECT_THAT(complaints(silent), ElementsAre("reason ERR_BLANK"));
  auto who = join();
  EXPECT_FALSE(login(who).approved_at);
  ASSERT_FALSE(entry(who));
  EXPECT_THAT(entry(who).error().message, HasSubstr("pending approval"));
  EXPECT_EQ(world.notifications({&world, staff}, store::NotificationKind::admin_sign_up), 1);
}

TEST_P(Registration, HasOneOwner) {
  SignUp first = {.username = "first", .email = "1@mail.example", .password = "correct horse"};
  SignUp second = {.username = "second", .email = "2@mail.example", .password = "correct horse"};
  world.write([&](db::Writer& w) { add_member(w, first, "hash", store::Role::owner); });
  auto error = world.refusal([&](db::Writer& w) { add_member(w, second, "hash", store::Role::owner); });
  EXPECT_EQ(error.refusal, Refusal::conflict);
  EXPECT_FALSE(world.read([&](db::Reader& r) { return store::find_account(r, "second", "").has_value(); }));
}

TEST_P(Registration, FindsALoginByNameAndByAddress) {
  auto who = join();
  auto find = [&](std::string_view name) {
    auto found = world.read([&](db::Reader& r) { return find_login_named(r, name); });
    return found ? found->account : AccountId{};
  };
  EXPECT_EQ(find("Daisy"), who);
  EXPECT_EQ(find("DAISY@mail.example"), who);
  EXPECT_EQ(find("nobody"), AccountId{});
  EXPECT_EQ(find(""), AccountId{});
}

TEST_P(Registration, ShutsOutTheDisabledAndTheSuspended) {
  auto who = join();
  world.write([&](db::Writer& w) {
    auto row = *store::find_login(w, who);
    row.disabled_at = w.now();
    store::update_login(w, row);
  });
  ASSERT_FALSE(entry(who));
  EXPECT_THAT(entry(who).error().message, HasSubstr("disabled"));
  world.write([&](db::Writer& w) {
    auto row = *store::find_login(w, who);
    row.disabled_at.reset();
    store::update_login(w, row);
    auto account = *store::find_account(w, who);
    account.suspended_at = w.now();
    store::update_account(w, account);
  });
  EXPECT_FALSE(entry(who));
}

TEST_P(Registration, ComparesPasswords) {
  store::Login row{.password_hash = crypto::hash_password("correct horse")};
  EXPECT_TRUE(password_matches(row, "correct horse"));
  EXPECT_FALSE(password_matches(row, "wrong horse"));
  EXPECT_FALSE(password_matches(std::nullopt, "correct horse"));
}

INSTANTIATE_TEST_SUITE_P(Engines, Registration, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
