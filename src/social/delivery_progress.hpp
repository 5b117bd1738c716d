// What became of a post's deliveries: for its author, and nobody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "store/delivery_progress.hpp"
#include "store/reach.hpp"

namespace posy::social {

struct DeliveryProgress {
  std::vector<store::Sent> sent;  // the newest first; empty when nothing was sent, or long ago
  std::optional<store::Reach> reach;
  std::optional<Time> next_try;  // of the newest, while something of it waits
};

// Of a post of hers, also of one that is deleted; else not_found.
Result<DeliveryProgress> find_progress(db::Reader& r, AccountId who, PostId post);

// Tells open streams that these got on. Once for each batch that is recorded, in its transaction.
void note_progress(db::Writer& w, std::vector<RowId> const& outgoing);

// The error of a delivery, as a person understands it.
std::string told_reason(std::string_view error);

}  // namespace posy::social
