#include "api/streaming/hub.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <optional>

#include "api/render/renderer.hpp"
#include "db/test_database.hpp"
#include "social/live.hpp"

namespace posy::api::streaming {
namespace {

class HubTest : public ::testing::Test {
 protected:
  std::shared_ptr<Listener> listen(TokenId token) {
    auto listener = std::make_shared<Listener>();
    listener->executor = loop.get_executor();
    listener->who = Who{.account = AccountId{1}, .token = token};
    listener->close = [this, token] { closed.push_back(token); };
    hub.add(listener);
    return listener;
  }
  void revoke(TokenId token) {
    db::Event event{.kind = static_cast<int>(social::Live::token_revoked), .a = token.value};
    hub.on_events({&event, 1});
  }
  // The next token whose listener was closed; nothing when none is for a long time.
  std::optional<TokenId> next_closed() {
    loop.restart();
    auto work = boost::asio::make_work_guard(loop);
    if (loop.run_one_for(std::chrono::seconds(20)) == 0) return {};
    return closed.back();
  }

  db::TestDatabase database{db::Engine::sqlite};
  social::Site site;
  Renderer render{site};
  Hub hub{*database, render};
  boost::asio::io_context loop;
  std::vector<TokenId> closed;
};

TEST_F(HubTest, ARevokedTokenClosesAListenerWithoutStreams) {
  auto mine = listen(TokenId{7});
  revoke(TokenId{7});
  EXPECT_EQ(next_closed(), TokenId{7});
}

TEST_F(HubTest, OnlyListenersOfTheRevokedTokenAreClosedAndEachOnce) {
  auto other = listen(TokenId{8}), mine = listen(TokenId{7}), gone = listen(TokenId{7});
  hub.subscribe(mine, {.kind = Kind::everyone});
  hub.subscribe(mine, {.kind = Kind::local});
  hub.remove(gone);
  revoke(TokenId{7});
  revoke(TokenId{8});
  EXPECT_EQ(next_closed(), TokenId{7});
  EXPECT_EQ(next_closed(), TokenId{8});
  EXPECT_EQ(closed.size(), 2u);
}

}  // namespace
}  // namespace posy::api::streaming
