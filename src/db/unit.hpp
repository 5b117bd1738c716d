// How work travels between a caller and the threads of a database.
#pragma once

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "db/access.hpp"

namespace posy::db {

// A function that waits to be run. It lives with its caller, who stays until the answer.
class Unit {
 public:
  virtual void run(Writer& w) = 0;  // a unit that reads sees only the Reader in it

 protected:
  ~Unit() = default;
};

template <class F, class Access>
class FunctionUnit final : public Unit {
 public:
  using R = std::invoke_result_t<F&, Access&>;

  explicit FunctionUnit(F fn) : fn_(std::move(fn)) {}

  void run(Writer& w) override {
    Access& access = w;
    if constexpr (std::is_void_v<R>)
      fn_(access);
    else
      result_.emplace(fn_(access));
  }

  R take() {
    if constexpr (!std::is_void_v<R>) return std::move(*result_);
  }

 private:
  F fn_;
  std::conditional_t<std::is_void_v<R>, bool, std::optional<std::conditional_t<std::is_void_v<R>, bool, R>>>
      result_{};
};

// Wakes the caller. Called exactly once, from a thread of the database.
class Answer {
 public:
  virtual ~Answer() = default;
  virtual void give(std::exception_ptr error) = 0;
};

struct Ticket {
  Unit* unit;
  std::unique_ptr<Answer> answer;
};

enum class Lane { read, read_long, write };

// Remembers what was prepared, when asked to.
class StatementLog {
 public:
  explicit StatementLog(bool enabled) : enabled_(enabled) {}
  void add(std::string_view sql, std::span<Value const> values);
  std::vector<PreparedStatement> all() const;

 private:
  bool const enabled_;
  mutable std::mutex mutex_;
  std::set<PreparedStatement> statements_;
};

}  // namespace posy::db
