// The database could not do what it was asked to: infrastructure, or a mistake of ours in the SQL.
#pragma once

#include <stdexcept>
#include <string>

namespace posy::db {

enum class FailureKind {
  unique,       // a row with this key is there already; `insert_new` says so without throwing
  foreign_key,  // the row points to one that is not there
  constraint,   // not null, check
  busy,         // somebody else holds it, even after waiting and trying again
  full,         // no space left
  lost,         // the connection broke; during a commit, whether it took place is unknown
  stopped,      // stop() was called
  mistake,      // SQL that cannot be run, or a row of another shape than the struct
  other,
};

class Failure : public std::runtime_error {
 public:
  Failure(FailureKind kind, std::string const& message) : std::runtime_error(message), kind_(kind) {}
  FailureKind kind() const { return kind_; }
  // It says nothing about what was asked for: the same may succeed later.
  bool is_passing() const {
    using enum FailureKind;
    return kind_ == busy || kind_ == full || kind_ == lost || kind_ == stopped;
  }

 private:
  FailureKind kind_;
};

}  // namespace posy::db
