// What the person who runs the server may decide. One struct, and one table (settings_table.cpp) with the
// key, default and meaning of each setting; reading, the example file and the documentation come from it.
//
// Flags count before the environment, the environment before the file, the file before the defaults. The
// environment name of `media.store` is POSY_MEDIA_STORE. Lists are written as "a, b", tables as
// "name=value, name=value" wherever TOML is not spoken.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace posy {

enum class Registrations { closed, approval, open };
std::string_view name_of(Registrations registrations);
std::optional<Registrations> parse_enum(std::string_view name, Registrations*);

struct Settings {
  std::string host;            // "example.org", lower case, with a port where it is not the usual one
  std::string account_domain;  // what stands behind the @ of local accounts
  std::string listen;          // "127.0.0.1:8080", "[::1]:8080"
  std::string public_url;      // "https://example.org", without a slash at the end
  std::string data_dir;
  std::string database_url;  // "sqlite:PATH", PATH below data_dir unless absolute, or "postgres://..."
  std::string media_store;   // "file:PATH", likewise, or "s3:..."
  std::int64_t media_cache_mib = 0;
  Registrations registrations = Registrations::closed;
  std::string log_level;
  std::string metrics_listen;  // empty is off

  std::string instance_title;
  std::string instance_description;
  std::string instance_contact_email;
  std::vector<std::string> instance_languages;

  std::int64_t http_threads = 0;  // 0 is one for each core
  std::vector<std::string> http_trusted_proxies;

  std::int64_t limits_post_characters = 0;
  std::int64_t limits_media_attachments = 0;
  std::int64_t limits_image_bytes = 0;
  std::int64_t limits_video_bytes = 0;
  std::int64_t limits_poll_options = 0;
  std::vector<std::string> limits_trusted_networks;

  std::string federation_mode;  // "open" or "allow-list"
  std::string federation_scheme;
  bool federation_authorized_fetch = false;
  std::vector<std::string> federation_allow_addresses;
  std::string federation_ca_file;
  std::map<std::string, std::string> federation_resolve;
};

// What was said on the command line: full key to text.
using Flags = std::map<std::string, std::string>;
// As `environ`; only names that begin with POSY_ are looked at, and POSY_TEST_ is left to the tests.
using Environment = std::map<std::string, std::string>;
Environment process_environment();

// Reads, checks and completes the settings. The message lists every mistake, one a line, and says where it
// was made. Unknown keys are mistakes. Only a file that was named must exist.
Result<Settings> load_settings(std::optional<std::filesystem::path> const& file, Flags const& flags = {},
                               Environment const& environment = process_environment());

struct SettingDescription {
  std::string_view key;
  std::string environment;  // "POSY_..."
  std::string_view initial;
  std::string_view meaning;
};
std::vector<SettingDescription> describe_settings();  // in the order of the documentation
std::string example_toml();                           // every setting as a comment with its default
std::string settings_markdown();

}  // namespace posy
