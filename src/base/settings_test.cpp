#include "base/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace posy {
namespace {

using testing::HasSubstr;

// A settings file that goes with the test.
class File {
 public:
  explicit File(std::string_view text) : path_(testing::TempDir() + "posy_settings_test.toml") {
    std::ofstream{path_} << text;
  }
  ~File() { std::filesystem::remove(path_); }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string complaint(std::string_view toml) {
  File file{toml};
  auto settings = load_settings(file.path(), {}, {});
  return settings ? "accepted" : settings.error().message;
}

std::string complaint_of_flag(std::string const& key, std::string const& value) {
  auto settings = load_settings({}, {{key, value}}, {});
  return settings ? "accepted" : settings.error().message;
}

TEST(Settings, HaveDefaults) {
  auto s = load_settings({}, {}, {}).value();
  EXPECT_EQ(s.host, "localhost:8080");
  EXPECT_EQ(s.account_domain, "localhost:8080");
  EXPECT_EQ(s.public_url, "http://localhost:8080");
  EXPECT_EQ(s.listen, "127.0.0.1:8080");
  EXPECT_EQ(s.database_url, "sqlite:./data/posy.db");
  EXPECT_EQ(s.media_store, "file:./data/media");
  EXPECT_EQ(s.registrations, Registrations::closed);
  EXPECT_EQ(s.metrics_listen, "");
  EXPECT_EQ(s.limits_post_characters, 5000);
  EXPECT_EQ(s.http_trusted_proxies, (std::vector<std::string>{"127.0.0.0/8", "::1/128"}));
  EXPECT_TRUE(s.limits_trusted_networks.empty());
  EXPECT_EQ(s.instance_languages, std::vector<std::string>{"en"});
}

TEST(Settings, OneFollowsFromAnother) {
  auto s =
      load_settings({}, {{"host", "Posy.Example"}, {"data-dir", "/srv/posy"}, {"media.store", "s3:x"}}, {})
          .value();
  EXPECT_EQ(s.host, "posy.example");
  EXPECT_EQ(s.account_domain, "posy.example");
  EXPECT_EQ(s.public_url, "https://posy.example");
  EXPECT_EQ(s.database_url, "sqlite:/srv/posy/posy.db");
  EXPECT_EQ(s.media_store, "s3:x");
  s = load_settings({}, {{"public-url", "https://a.example/"}, {"database.url", "sqlite:/x/y.db"}}, {})
          .value();
  EXPECT_EQ(s.public_url, "https://a.example");
  EXPECT_EQ(s.database_url, "sqlite:/x/y.db");
}

TEST(Settings, AFileMayGroupThem) {
  File file{R"(
    host = "posy.example"
    registrations = "approval"
    limits.poll-options = 12
    instance.languages = ["de", "en"]
    [http]
    trusted-proxies = []
    [federation]
    scheme = "http"
    allow-addresses = ["127.0.0.0/8", "fd00::/8"]
    [federation.resolve]
    "*.test:*" = "127.0.0.1:*"
    "a.test:443" = "[::1]:4443"
  )"};
  auto s = load_settings(file.path(), {}, {}).value();
  EXPECT_EQ(s.registrations, Registrations::approval);
  EXPECT_EQ(s.limits_poll_options, 12);
  EXPECT_EQ(s.instance_languages, (std::vector<std::string>{"de", "en"}));
  EXPECT_TRUE(s.http_trusted_proxies.empty());
  EXPECT_EQ(s.federation_allow_addresses.size(), 2u);
  EXPECT_EQ(s.federation_resolve.at("*.test:*"), "127.0.0.1:*");
  EXPECT_EQ(s.federation_resolve.at("a.test:443"), "[::1]:4443");
}

TEST(Settings, FlagsCountBeforeEnvironmentBeforeFile) {
  File file{"log.level = 'warn'\nlisten = '127.0.0.1:1'\nhost = 'file.example'\n"};
  Environment environment{
      {"POSY_LISTEN", "127.0.0.1:2"}, {"POSY_HOST", "environment.example"}, {"PATH", "/bin"}};
  auto s = load_settings(file.path(), {{"host", "flag.example"}}, environment).value();
  EXPECT_EQ(s.log_level, "warn");
  EXPECT_EQ(s.listen, "127.0.0.1:2");
  EXPECT_EQ(s.host, "flag.example");
}

TEST(Settings, ListsAndTablesFitIntoTheEnvironment) {
  Environment environment{{"POSY_LIMITS_TRUSTED_NETWORKS", "10.0.0.0/8, fd00::/8"},
                          {"POSY_FEDERATION_RESOLVE", "a.test:443=127.0.0.1:1, *.b.test:* = 127.0.0.1:*"},
                          {"POSY_HTTP_TRUSTED_PROXIES", ""},
                          {"POSY_TEST_POSTGRES", "is for the tests"}};
  auto s = load_settings({}, {}, environment).value();
  EXPECT_EQ(s.limits_trusted_networks, (std::vector<std::string>{"10.0.0.0/8", "fd00::/8"}));
  EXPECT_EQ(s.federation_resolve.at("a.test:443"), "127.0.0.1:1");
  EXPECT_EQ(s.federation_resolve.at("*.b.test:*"), "127.0.0.1:*");
  EXPECT_TRUE(s.http_trusted_proxies.empty());
}

TEST(Settings, MistakesAreExplained) {
  EXPECT_EQ(complaint_of_flag("registrations", "maybe"),
            "registrations must be closed, approval or open, not 'maybe' (in --registrations)");
  EXPECT_THAT(complaint("registrations = 5"), HasSubstr("registrations must be a text in quotation marks"));
  EXPECT_THAT(complaint("limits.poll-options = '5'"), HasSubstr("must be a whole number"));
  EXPECT_THAT(complaint("http.trusted-proxies = '10.0.0.0/8'"), HasSubstr("must be a list of texts"));
  EXPECT_THAT(complaint("federation.resolve = ['a']"), HasSubstr("must be a table of texts"));
  EXPECT_THAT(complaint("host = "), HasSubstr("line 1"));
  EXPECT_THAT(complaint("listen = '8080'\nlog.level = 'loud'"),
              testing::AllOf(HasSubstr("listen must be"), HasSubstr("\nlog.level must be")));
}

TEST(Settings, AFileThatIsNotThereIsAMistake) {
  EXPECT_FALSE(load_settings("/nonexistent/posy.toml", {}, {}));
}

TEST(Settings, UnknownNamesAreRefusedWithTheNearest) {
  EXPECT_THAT(complaint("registration = 'open'"), HasSubstr("Did you mean registrations?"));
  EXPECT_THAT(complaint("[media]\nstores = 'file:x'"), HasSubstr("Did you mean media.store?"));
  EXPECT_THAT(complaint("[media]\nstore.x = 'file:x'"), HasSubstr("media.store must be a text"));
  EXPECT_THAT(complaint("colour = 'blue'"),
              testing::AllOf(HasSubstr("colour"), testing::Not(HasSubstr("mean"))));
  EXPECT_THAT(complaint("media = 'x'"), HasSubstr("There is no setting media"));
  auto environment = load_settings({}, {}, {{"POSY_LOGLEVEL", "info"}});
  EXPECT_THAT(environment.error().message, HasSubstr("Did you mean POSY_LOG_LEVEL?"));
  EXPECT_THAT(complaint_of_flag("data_dir", "x"), HasSubstr("Did you mean data-dir?"));
}

TEST(Settings, EveryValueIsChecked) {
  std::pair<std::string, std::vector<std::string>> const wrong[] = {
      {"host",
       {"", "a b", "https://a.example", "a.example/", "-a.example", "a..b", "a.example:0", "a.example:70000",
        "a:b:c"}},
      {"account-domain", {"a_b", "x/y"}},
      {"listen", {"", "8080", "localhost:8080", "127.0.0.1", "::1:8080", "[::1]", "300.0.0.1:80"}},
      {"metrics.listen", {"9090"}},
      {"public-url", {"a.example", "ftp://a.example", "https://a.example/x", "https://"}},
      {"data-dir", {""}},
      {"database.url", {"posy.db", "sqlite:", "mysql://x"}},
      {"media.store", {"media", "file:", "http://x"}},
      {"log.level", {"INFO", ""}},
      {"instance.title", {""}},
      {"instance.contact-email", {"me", "@a.example", "me@", "m e@a.example"}},
      {"instance.languages", {"e", "en_GB", "-en"}},
      {"http.threads", {"-1", "many", "1.5", "257", "1x", ""}},
      {"limits.post-characters", {"0", "99999999999999999999"}},
      {"limits.trusted-networks", {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "x", "10.0.0.0/", "10.0.0.0/-1"}},
      {"federation.scheme", {"gopher"}},
      {"federation.allow-addresses", {"localhost"}},
      {"federation.resolve",
       {"a", "a=b", "a.test:1=b.test:1", "a.test=127.0.0.1:1", "*:*=127.0.0.1:*", "a.test:1=::1:1"}}};
  for (auto const& [key, values] : wrong)
    for (auto const& value : values)
      EXPECT_THAT(complaint_of_flag(key, value), HasSubstr(key + " must")) << value;
}

TEST(Settings, TheExampleFileIsRightWithAndWithoutItsHashes) {
  EXPECT_EQ(complaint(example_toml()), "accepted");
  std::string opened = example_toml();
  for (std::size_t at = 0; (at = opened.find("\n#", at)) != opened.npos; ++at)
    if (opened[at + 2] != ' ') opened.erase(at + 1, 1);
  EXPECT_EQ(complaint(opened), "accepted");
  EXPECT_THAT(opened, HasSubstr("\ndatabase.url = \"sqlite:posy.db\"\n"));
}

TEST(Settings, TheDocumentationNamesEachOnce) {
  auto markdown = settings_markdown();
  for (auto const& setting : describe_settings())
    EXPECT_THAT(markdown,
                HasSubstr("| `" + std::string{setting.key} + "` | `" + setting.environment + "` |"));
}

}  // namespace
}  // namespace posy
