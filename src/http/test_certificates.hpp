// For tests only: certificates made on the spot.
#pragma once

#include <filesystem>
#include <string>

#include "http/test_scripted_server.hpp"

namespace posy::http::testing {

// A certificate authority that nobody knows, until its file is given as ca_file.
class Authority {
 public:
  Authority();
  ~Authority();
  Authority(Authority const&) = delete;
  Authority& operator=(Authority const&) = delete;

  std::string const& file() const { return file_; }
  // `name` as in subjectAltName: "DNS:a.test", "IP:127.0.0.1". `days` from today; negative has expired.
  ServerCertificate issue(std::string const& name, int days = 1) const;

 private:
  void* key_;
  void* certificate_;
  std::string file_;
};

}  // namespace posy::http::testing
