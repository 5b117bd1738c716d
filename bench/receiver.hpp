// Thousands of servers in one process of one thread, each with one inbox: "http://h7.bt.zz:PORT/inbox".
// It reads heads and lengths and nothing else, so that it takes little of the machine that is being measured.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/test_certificates.hpp"
#include "ledger.hpp"

namespace posy::bench {

struct ReceiverOptions {
  std::optional<http::testing::ServerCertificate> certificate;  // of *.bt.zz; with one it speaks HTTPS
  bool closes = false;                                          // each connection after its answer
  // What "GET path" at the host of that number answers; empty: 404. Called in the receiver's process.
  std::function<std::string(std::string_view authority, std::string_view path)> document;
};

class Receiver {
 public:
  // Forks: before the benchmark has threads.
  Receiver(Ledger& ledger, ReceiverOptions options);
  ~Receiver();
  Receiver(Receiver const&) = delete;
  Receiver& operator=(Receiver const&) = delete;

  std::string host(int number) const;  // "h7.bt.zz": each is a site of its own (site_of in federation/vocabulary)
  std::string base(int number) const;  // "http://h7.bt.zz:PORT"
  std::string inbox(int number, Manner manner) const;
  double processor_seconds() const;  // that it has used

 private:
  pid_t process_ = -1;
  bool is_https_;
  // Several, because a pair of addresses has only 28,000 ports for connections that were closed a minute ago
  // or less.
  std::vector<std::uint16_t> ports_;
  int dead_socket_ = -1;  // bound, so that nobody else gets its port, and not listening
  std::uint16_t dead_port_ = 0;
};

}  // namespace posy::bench
