// What the machine itself can do, measured in the same run: the figures of Posy are read against these.
#pragma once

#include <cstddef>

#include "load.hpp"

namespace posy::bench {

// A bare Beast server on all cores that answers each request with `body_bytes` from memory.
Figures bare_server(int connections, std::size_t body_bytes, bool is_fresh = false);
// Appends of one page to a file in `folder`, each with fdatasync, one after another.
double syncs_per_second(std::string const& folder);

// OpenSSL's RSA-2048 with SHA-256, on all cores at once.
struct RsaRate {
  double signatures_per_second = 0;
  double verifications_per_second = 0;
  double signature_ms = 0;  // of a processor, whatever else runs on this machine
};
RsaRate rsa_rate();

}  // namespace posy::bench
