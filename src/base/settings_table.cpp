#include "base/settings_table.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "base/settings_checks.hpp"

namespace posy {
namespace {

namespace check = setting_checks;

constexpr SettingRow rows[] = {
    {"host", "localhost:8080",
     "The public name of the server, with its port where that is not the usual one. It is part of every "
     "address that other servers remember: choose it once.",
     &Settings::host, check::host},
    {"account-domain", "",
     "What stands behind the @ of the accounts here. The host, unless you say otherwise.",
     &Settings::account_domain, check::or_empty<check::host>},
    {"listen", "127.0.0.1:8080", "The address and port that the server listens on.", &Settings::listen,
     check::listen},
    {"public-url", "",
     "Where browsers find the server. https://HOST, or http://HOST when the host is localhost.",
     &Settings::public_url, check::or_empty<check::base_url>},
    {"data-dir", "./data", "The folder of everything that is kept in files.", &Settings::data_dir,
     check::not_empty},
    {"database.url", "sqlite:posy.db",
     "The database: sqlite:FILE, below the data folder unless it begins with /, or "
     "postgres://USER@HOST/NAME.",
     &Settings::database_url, check::database},
    {"media.store", "file:media",
     "Where pictures and videos are kept: file:FOLDER, below the data folder unless it begins with /, or "
     "s3:.",
     &Settings::media_store, check::media_store},
    {"media.cache-mib", "1024",
     "How much room copies of other servers' pictures and recordings may take, in MiB. What was looked at longest "
     "ago goes first.",
     &Settings::media_cache_mib, check::number_within<1, 10'000'000>},
    {"registrations", "closed",
     "Who may sign up: nobody (closed), whom you approve (approval), everybody (open).",
     &Settings::registrations, check::registrations},
    {"log.level", "info", "How much is logged: trace, debug, info, warn, error or off.", &Settings::log_level,
     check::log_level},
    {"metrics.listen", "", "The address and port of /metrics for Prometheus. Empty turns it off.",
     &Settings::metrics_listen, check::or_empty<check::listen>},

    {"instance.title", "Posy", "The name of the server as people see it.", &Settings::instance_title,
     check::not_empty},
    {"instance.description", "", "A sentence or two about the server, for its front page and for apps.",
     &Settings::instance_description, check::anything},
    {"instance.contact-email", "", "Where people write to who need help from you.",
     &Settings::instance_contact_email, check::or_empty<check::email>},
    {"instance.languages", "en", "The languages of the server, the main one first.",
     &Settings::instance_languages, check::language},

    {"http.threads", "0", "How many threads answer requests; 0 is one for each core.",
     &Settings::http_threads, check::number_within<0, 256>},
    {"http.trusted-proxies", "127.0.0.0/8, ::1/128",
     "The networks of your reverse proxies, whose word about the client's address is taken.",
     &Settings::http_trusted_proxies, check::network},

    {"limits.post-characters", "5000", "The most characters that a note may have.",
     &Settings::limits_post_characters, check::number_within<1, 1'000'000>},
    {"limits.media-attachments", "16", "The most pictures and videos that a post may have.",
     &Settings::limits_media_attachments, check::number_within<0, 64>},
    {"limits.image-bytes", "16777216", "The largest picture that may be uploaded, in bytes.",
     &Settings::limits_image_bytes, check::number_within<0, 1'000'000'000>},
    {"limits.video-bytes", "103809024", "The largest video or sound that may be uploaded, in bytes.",
     &Settings::limits_video_bytes, check::number_within<0, 10'000'000'000>},
    {"limits.poll-options", "8", "The most answers that a poll may offer.", &Settings::limits_poll_options,
     check::number_within<2, 100>},
    {"limits.trusted-networks", "", "Networks that no rate limit applies to.",
     &Settings::limits_trusted_networks, check::network},

    {"federation.mode", "open",
     "With whom this server speaks: with every server but those that you block (open), or with those alone that you "
     "allow (allow-list). See posy domain.",
     &Settings::federation_mode, check::federation_mode},
    {"federation.scheme", "https", "How other servers are spoken to. http is for tests and closed networks.",
     &Settings::federation_scheme, check::scheme},
    {"federation.authorized-fetch", "false",
     "Whether other servers must sign what they ask for, so that who is blocked here cannot read public posts "
     "either. Some servers cannot; public pages stay open to browsers.",
     &Settings::federation_authorized_fetch, check::true_or_false},
    {"federation.allow-addresses", "",
     "Networks that may be connected to although they are private. For tests and closed networks.",
     &Settings::federation_allow_addresses, check::network},
    {"federation.ca-file", "",
     "Certificates (PEM) that are trusted besides the system's. For tests and closed networks.",
     &Settings::federation_ca_file, check::anything},
    {"federation.resolve", "",
     "Addresses to use instead of asking DNS: \"name:port\" = \"address:port\"; \"*.test:*\" = "
     "\"127.0.0.1:*\" "
     "covers a whole domain. For tests and closed networks.",
     &Settings::federation_resolve, check::resolve_entry},
};

constexpr EnumName<Registrations> registration_names[] = {
    {Registrations::closed, "closed"}, {Registrations::approval, "approval"}, {Registrations::open, "open"}};

}  // namespace

std::span<SettingRow const> setting_rows() {
  return rows;
}

SettingRow const* find_setting(std::string_view key) {
  auto found = std::ranges::find(rows, key, &SettingRow::key);
  return found == std::end(rows) ? nullptr : found;
}

std::string environment_name(std::string_view key) {
  std::string name = "POSY_";
  for (char c : key) {
    if (c == '.' || c == '-')
      name += '_';
    else
      name += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  }
  return name;
}

std::string_view name_of(Registrations registrations) {
  return name_in(registration_names, registrations);
}

std::optional<Registrations> parse_enum(std::string_view name, Registrations*) {
  return find_in(registration_names, name);
}

}  // namespace posy
