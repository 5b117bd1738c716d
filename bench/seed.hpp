// Fills a database as if an account had lived in it for years. Rows are made by the engine itself, in SQL.
#pragma once

#include <string>

#include "db/database.hpp"

namespace posy::bench {

struct Size {
  int authors = 200;            // local people whom the reader follows
  std::int64_t posts = 1'000;   // of the authors, all of them in the reader's home timeline
  std::int64_t followers = 1'000;      // of the reader, on other servers
  std::int64_t notifications = 1'000;  // of the reader, from her followers
};

struct Seeded {
  AccountId reader;
  std::string reader_name;
  std::string token;
  PostId newest_post;
  std::string author_name;  // who wrote it
};

Seeded seed(db::Database& database, Size const& size);

}  // namespace posy::bench
