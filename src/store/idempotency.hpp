// Idempotency keys: a request that an app sends twice is carried out once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

// Takes the key for what is about to be made (`made`: the id of a post or a scheduled post). Nothing when the
// key was free; else the id of what was made with it before. On PostgreSQL this waits for a request that is
// under way with the same key.
std::optional<std::int64_t> take_key(db::Writer& w, AccountId account, std::string_view key,
                                     std::int64_t made);
// What was made with it is gone: the key stands for `made` now.
void move_key(db::Writer& w, AccountId account, std::string_view key, std::int64_t made);
void delete_keys_before(db::Writer& w, Time when);

}  // namespace posy::store
