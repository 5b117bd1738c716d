#include "federation/remote/pages.hpp"

#include <algorithm>

#include "federation/vocabulary/iri.hpp"

namespace posy::federation {
namespace {

constexpr std::int64_t total_max = 1'000'000'000;

}  // namespace

void Pages::go_on(std::string const& where) {
  bool is_good = is_same_origin(where, collection_) && !seen_.contains(where);
  next_ = is_good ? where : std::string();
}

Task<std::optional<Collection>> Pages::next() {
  while (!next_.empty() && left_ > 0) {
    --left_;
    std::string asked = next_;
    next_.clear();
    seen_.insert(asked);
    Task<Result<boost::json::object>> fetching = fetch_document(context_, asked, &errand_);
    Result<boost::json::object> document = co_await std::move(fetching);
    // What calls itself something else is another one's collection.
    if (!document || id_of(*document) != asked) co_return std::nullopt;
    auto part = read_collection(*document);
    if (!part) co_return std::nullopt;
    was_answered_ = true;
    // Mastodon embeds the first page: it came from the same origin as the collection.
    if (part->items.empty() && !part->first.embedded.empty()) {
      if (auto first = read_collection(part->first.embedded)) {
        if (!first->id.empty()) seen_.insert(first->id);
        part = std::move(first);
      }
    }
    go_on(part->is_page || part->first.id.empty() ? part->next : part->first.id);
    if (!part->items.empty()) co_return std::move(*part);
  }
  co_return std::nullopt;
}

Task<std::optional<std::int64_t>> total_of(Context& context, std::string collection, std::string owner,
                                           Errand& errand) {
  if (!is_same_origin(collection, owner)) co_return std::nullopt;
  Task<Result<boost::json::object>> fetching = fetch_document(context, collection, &errand);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document || id_of(*document) != collection) co_return std::nullopt;
  auto read = read_collection(*document);
  if (!read || !read->total_items) co_return std::nullopt;
  co_return std::clamp<std::int64_t>(*read->total_items, 0, total_max);
}

}  // namespace posy::federation
