#include "server/clock_watch.hpp"

#include "base/log.hpp"

namespace posy::server {
namespace {

constexpr std::chrono::seconds interval{2};
// Less is how clocks are corrected every day.
constexpr std::chrono::seconds noticed_min{5};

std::string words_for(Milliseconds time) {
  return fmt::format("{:.0f} seconds", std::chrono::duration<double>(time).count());
}

}  // namespace

ClockWatch::ClockWatch(boost::asio::io_context& loop, Clock const& clock, std::function<void(Milliseconds)> set_back)
    : clock_(clock), set_back_(std::move(set_back)), timer_(loop) {}

void ClockWatch::start(Time last_known) {
  auto now = clock_.now();
  ahead_ = now - steady_.now();
  if (last_known - now > noticed_min) {
    owed_ = last_known - now;
    log::warn("The clock stands {} before the newest that is kept here: it was set back, or was wrong before",
              words_for(owed_));
  }
  look();
}

void ClockWatch::look() {
  Milliseconds const ahead = clock_.now() - steady_.now();
  Milliseconds const moved = ahead - ahead_;
  ahead_ = ahead;
  if (moved > noticed_min)
    log::warn("The clock went forward by {}: it was set, or the machine slept", words_for(moved));
  if (moved < -noticed_min) {
    owed_ -= moved;
    log::warn("The clock was set back by {}: what waits for a time waits so much less", words_for(-moved));
  }
  if (owed_ > Milliseconds{0}) {
    try {
      set_back_(owed_);
      owed_ = Milliseconds{0};
    } catch (std::exception const& failure) {  // nobody above could do more than try again
      log::error("after the clock was set back: {}", failure.what());
    }
  }
  look_again();
}

void ClockWatch::look_again() {
  timer_.expires_after(interval);
  timer_.async_wait([this](boost::system::error_code ended) {
    if (!ended) look();
  });
}

}  // namespace posy::server
