// The server: every part, built in order and destroyed in reverse. Nothing else is global.
#pragma once

#include <memory>
#include <string>

#include "base/settings.hpp"
#include "db/database.hpp"
#include "social/site.hpp"

namespace posy::server {

social::Site make_site(Settings const& settings);
// The database that the settings name, brought up to date. Throws db::Failure.
std::unique_ptr<db::Database> open_database(Settings const& settings, Clock const& clock);
std::filesystem::path media_folder(Settings const& settings);

class App {
 public:
  explicit App(Settings settings);
  ~App();

  // Serves until SIGINT or SIGTERM; returns when everything has ended.
  void run();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace posy::server
