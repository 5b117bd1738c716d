// A small world for the tests of the rules: a fresh database, a clock that only tests move, and people.
//
//   World world(GetParam());
//   auto alice = world.local("alice");
//   auto post = alice.posts("for friends", Visibility::followers);
//   EXPECT_FALSE(world.local("eve").sees(post));
#pragma once

#include <gtest/gtest.h>

#include <atomic>

#include "db/test_database.hpp"
#include "social/publish.hpp"
#include "social/site.hpp"
#include "social/visibility.hpp"
#include "store/account.hpp"
#include "store/login.hpp"
#include "store/media.hpp"
#include "store/notification.hpp"

namespace posy::social::testing {

using store::Post;
using store::Visibility;

class TestClock final : public Clock {
 public:
  Time now() const override { return from_milliseconds(now_.load()); }
  void advance(Milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'800'000'000'000};
};

class World;

struct Person {
  World* world;
  AccountId id;

  Draft draft(std::string text) const;
  Post publishes(Draft const& draft) const;
  Post posts(std::string text, Visibility visibility = Visibility::everyone) const;
  Post replies(Post const& to, std::string text, Visibility visibility = Visibility::everyone) const;
  bool sees(Post const& post) const;
  void follows(Person const& other) const;  // at once, without asking
  void blocks(Person const& other) const;
  MediaId uploads() const;  // a picture that is ready
};

class World {
 public:
  explicit World(db::Engine engine);

  Person local(std::string const& name);
  Person remote(std::string const& name, std::string const& domain);

  template <class F>
  auto write(F act) {
    return database->write_now([&](db::Writer& w) { return act(w); });
  }
  template <class F>
  auto read(F ask) {
    return database->read_now([&](db::Reader& r) { return ask(r); });
  }
  // What an act was refused with; fails the test when it was not.
  template <class F>
  Error refusal(F act) {
    try {
      write(act);
    } catch (Refused const& refused) {
      return refused.error();
    }
    ADD_FAILURE() << "was not refused";
    return {};
  }
  std::int64_t count(std::string_view sql) {
    return read([&](db::Reader& r) { return r.one<std::int64_t>(sql); });
  }
  store::PostStats stats(PostId post);
  std::int64_t posts_of(Person const& person);
  // How many notifications of this kind lie with a person.
  std::int64_t notifications(Person const& person, store::NotificationKind kind);

  TestClock clock;
  Site site;
  db::TestDatabase database;

 private:
  Person add(std::string const& name, std::string const& domain);
};

// For INSTANTIATE_TEST_SUITE_P: each rule on each engine.
class Rules : public ::testing::TestWithParam<db::Engine> {
 protected:
  World world{GetParam()};
};

}  // namespace posy::social::testing
