// People of other servers who write to somebody here: their documents, and what they send, signed. A few RSA
// keys are shared among all of them under distinct ids, as making a key for each would take longer than the
// benchmark.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.hpp"

namespace posy::bench {

class Strangers {
 public:
  // `base_of` stranger: "http://h7.bt.zz:41000".
  Strangers(int count, std::function<std::string(int)> base_of);

  int count() const { return count_; }
  std::string actor(int stranger) const { return base_of_(stranger) + "/users/u" + std::to_string(stranger); }

  // Of their servers: an actor, or who has a name. Empty: there is no such thing.
  std::string document(std::string_view authority, std::string_view path) const;

  struct Inbox {
    std::string authority;  // of the server under measurement: "localhost:8080"
    std::string person;     // her id
  };
  // A private message, as a whole signed request. `number` makes it distinct from all others; `text` stands
  // in it.
  std::string letter(int stranger, int number, std::string_view text, Inbox const& to) const;
  // The id of the note within it.
  std::string note(int stranger, int number) const;

 private:
  int count_;
  std::function<std::string(int)> base_of_;
  std::vector<crypto::RsaPrivateKey> keys_;
  std::vector<std::string> pems_;
};

// Calls make(i) for all i below `count`, on all cores.
std::vector<std::string> make_all(int count, std::function<std::string(int)> const& make);

}  // namespace posy::bench
