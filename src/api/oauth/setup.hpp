// The first account of a new server: made by whoever can read the console, through a link that works once.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "social/site.hpp"

namespace posy::api {

class OwnerSetup {
 public:
  explicit OwnerSetup(db::Database& db);

  // There is no owner yet. Asks the database until there is one: a command may have made it.
  bool is_open(db::Reader& r);
  // `token` is the one in the link.
  bool matches(std::string_view token) const;
  std::string link(social::Site const& site) const;

 private:
  std::string const token_;
  std::atomic<bool> closed_;
};

}  // namespace posy::api
