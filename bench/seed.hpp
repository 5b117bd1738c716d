// Fills a database as if an account had lived in it for years. Rows are made by the engine itself, in SQL.
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"

namespace posy::bench {

struct Size {
  int authors = 200;            // local people whom the reader follows
  std::int64_t posts = 1'000;   // of the authors, all of them in the reader's home timeline
  std::int64_t followers = 1'000;      // of the reader, on other servers
  std::int64_t notifications = 1'000;  // of the reader, from her followers
};

// Followers of the reader on other servers, each reached through the one inbox that its server shares.
struct Servers {
  std::string host;                     // of the people's names: "h" and a number and this
  std::vector<std::string> inboxes;     // one a server
  std::int64_t followers = 0;           // at least one a server
};

struct Seeded {
  AccountId reader;
  std::string reader_name;
  std::string token;
  PostId newest_post;
  std::string author_name;  // who wrote it
};

Seeded seed(db::Database& database, Size const& size);
void seed_servers(db::Database& database, Seeded const& seeded, Servers const& servers);
// Somebody whom nobody follows, with an inbox of her own; known here as "name@domain".
void seed_stranger(db::Database& database, std::string const& name, std::string const& domain,
                   std::string const& inbox);

}  // namespace posy::bench
