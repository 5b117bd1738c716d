// Posts of other servers: read into what `social` receives, and looked up with what they answer to.
#pragma once

#include "federation/context.hpp"
#include "federation/remote/errand.hpp"
#include "federation/vocabulary/object.hpp"
#include "social/receive.hpp"

namespace posy::federation {

// A post as its own server tells it: gathers its author, the people that it names, what it answers and quotes.
// Refused when id and author are not of one origin. `is_news`: it was sent to us just now.
Task<Result<social::Arrival>> gather_post(Context& context, Object object, bool is_news,
                                          Errand* errand = nullptr);

// The place of a post that answers the one with this id: below it, or waiting for it to be known.
void set_parent(db::Reader& r, Context& context, std::string const& uri, social::Arrival& arrival);

// The post with this id, of another server, without what it answers and quotes; for what is quoted.
Task<Result<PostId>> fetch_post_alone(Context& context, std::string id, Errand& errand);

// The post with this id, ours or another server's; fetched when it is not known, with the posts above it.
// What is fetched counts for the errand; without one it has one of its own.
Task<Result<PostId>> find_post(Context& context, std::string id, Errand* errand = nullptr);

Task<Result<Object>> fetch_object(Context& context, std::string id, Errand* errand);
// The post with this id if it is known here, ours or another server's.
Task<std::optional<PostId>> find_known(Context& context, std::string id);

}  // namespace posy::federation
