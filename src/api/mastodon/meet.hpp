// People whom a post names and whom this server has never heard of are asked for before it is published, so that it
// reaches them.
#pragma once

#include "api/api.hpp"
#include "store/post.hpp"

namespace posy::api {

// Returns within seconds, whatever the other servers do: who cannot be found by then stays text in the post.
Task<> meet_mentioned(Api& api, std::string text, store::SourceType type);

}  // namespace posy::api
