#include "db/migrate.hpp"
#include "server/app.hpp"
#include "store/migrations.hpp"

namespace posy::server {
namespace {

social::Registrations translate(Registrations registrations) {
  switch (registrations) {
    case Registrations::open: return social::Registrations::open;
    case Registrations::approval: return social::Registrations::approval;
    case Registrations::closed: break;
  }
  return social::Registrations::closed;
}

}  // namespace

social::Site make_site(Settings const& settings) {
  social::Site site;
  site.host = settings.host;
  site.account_domain = settings.account_domain;
  site.base_url = settings.public_url;
  site.title = settings.instance_title;
  site.description = settings.instance_description;
  site.contact_email = settings.instance_contact_email;
  site.languages = settings.instance_languages;
  site.registrations = translate(settings.registrations);
  site.limits.post_characters = static_cast<std::size_t>(settings.limits_post_characters);
  site.limits.media_attachments = static_cast<std::size_t>(settings.limits_media_attachments);
  site.limits.poll_options = static_cast<std::size_t>(settings.limits_poll_options);
  site.limits.image_bytes = static_cast<std::size_t>(settings.limits_image_bytes);
  site.limits.video_bytes = static_cast<std::size_t>(settings.limits_video_bytes);
  return site;
}

std::unique_ptr<db::Database> open_database(Settings const& settings, Clock const& clock) {
  constexpr std::string_view sqlite = "sqlite:";
  db::Options options;
  options.url = settings.database_url;
  if (options.url.starts_with(sqlite)) {
    std::filesystem::path file = options.url.substr(sqlite.size());
    std::filesystem::create_directories(file.parent_path());
    options.url = std::string(sqlite) + std::filesystem::absolute(file).string();
  }
  auto database = db::open(options, clock);
  auto migrations = store::migrations();
  db::migrate(*database, migrations);
  return database;
}

std::filesystem::path media_folder(Settings const& settings) {
  constexpr std::string_view file = "file:";
  if (!settings.media_store.starts_with(file))
    refuse(Refusal::unprocessable, "media.store: this version keeps media in a folder only (file:...)");
  return std::filesystem::absolute(settings.media_store.substr(file.size()));
}

}  // namespace posy::server
