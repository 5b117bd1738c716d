#include "pages/page_cache.hpp"

#include <functional>

namespace posy::pages {
namespace {

// A page has some 10 to 40 KB, so this is 10 MB, and 64 MB at worst.
constexpr std::size_t pages_max = 256;
constexpr std::size_t page_bytes_max = 256 << 10;
// How late counts and new answers may be: while they stream in, a page is made this often and not more.
constexpr auto late_max = std::chrono::seconds{2};

std::int64_t key_of(std::string_view address) {
  return static_cast<std::int64_t>(std::hash<std::string_view>{}(address));
}

}  // namespace

PageCache::PageCache() : pages_(pages_max) {}

std::shared_ptr<Page const> PageCache::find(std::string_view address) {
  auto page = pages_.find(key_of(address));
  if (!page || page->address != address) return nullptr;
  switch (changes_.check(page->shows.ids(), page->epoch)) {
    case Changes::Answer::unchanged:
      return page;
    case Changes::Answer::a_little:
      if (std::chrono::steady_clock::now() - page->made_at < late_max) return page;
      break;
    case Changes::Answer::changed:
      break;
  }
  return nullptr;
}

void PageCache::put(std::shared_ptr<Page const> page) {
  if (page->body->size() > page_bytes_max) return;
  auto key = key_of(page->address);
  auto epoch = page->epoch;
  pages_.put(key, std::move(page), epoch);
}

}  // namespace posy::pages
