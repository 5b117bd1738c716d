// Finished pages in memory. A hit costs no query and copies nothing.
//
// Nothing is ever taken out because of a change: each hit asks whether the page is still true (changes.hpp).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/lru.hpp"
#include "pages/changes.hpp"

namespace posy::pages {

struct Page {
  std::string address;  // what it is found by
  std::shared_ptr<std::string const> body;
  std::string etag;
  Shows shows;
  std::uint64_t epoch = 0;  // of the reader that made it
  std::chrono::steady_clock::time_point made_at;
};

class PageCache {
 public:
  PageCache();

  std::shared_ptr<Page const> find(std::string_view address);
  void put(std::shared_ptr<Page const> page);
  void on_events(std::span<db::Event const> events) { changes_.on_events(events); }

 private:
  Changes changes_;
  Lru<Page> pages_;
};

}  // namespace posy::pages
