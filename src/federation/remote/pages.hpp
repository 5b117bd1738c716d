// Walks a collection of another server page by page, as far as it is worth it.
#pragma once

#include <set>
#include <string>

#include "federation/remote/errand.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/vocabulary/collection.hpp"

namespace posy::federation {

class Pages {
 public:
  // `pages`: how many documents are fetched at most.
  Pages(Context& context, std::string collection, int pages, Errand& errand)
      : context_(context), collection_(std::move(collection)), next_(collection_), left_(pages), errand_(errand) {}

  // The next part that has items, or nothing at the end. Every document is of the origin of the collection, and none is
  // asked for twice, so that a page that leads to itself or elsewhere ends the walk.
  Task<std::optional<Collection>> next();
  // The collection itself could be read, also when it was empty.
  bool was_answered() const { return was_answered_; }

 private:
  void go_on(std::string const& where);

  Context& context_;
  std::string collection_;
  std::string next_;
  int left_;
  Errand& errand_;
  bool was_answered_ = false;
  std::set<std::string> seen_;
};

// The count that a collection gives of itself; nothing when it does not, or is not of the origin of `owner`.
Task<std::optional<std::int64_t>> total_of(Context& context, std::string collection, std::string owner, Errand& errand);

}  // namespace posy::federation
