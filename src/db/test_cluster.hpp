// A PostgreSQL server for the tests of this process.
#pragma once

#include <memory>
#include <string>

namespace posy::db {

class Cluster {
 public:
  virtual ~Cluster() = default;
  // A postgres:// URL of that database there.
  virtual std::string url_of(std::string const& database) const = 0;
};

// False: POSY_TEST_POSTGRES is not set and no server is installed.
bool is_cluster_available();
// The server, started at the first call; it ends with the process.
Cluster& cluster();

}  // namespace posy::db
