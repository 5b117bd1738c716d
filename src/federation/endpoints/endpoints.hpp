// The routes that other servers use.
#pragma once

#include "federation/inbox/inbox.hpp"
#include "http/router.hpp"
#include "serving/answers.hpp"

namespace posy::federation {

// `wake` is called when an activity was kept. The routes refer to all of them.
void add_endpoints(http::Router& router, Context& context, serving::Answers& answers, Seen& seen,
                   std::function<void()> wake);

// Whether the client asks for the ActivityStreams document rather than for the page: by the order of its Accept.
bool wants_document(http::Request const& request);
// The page of a person or a post and its document have two addresses; who asks the first for the second is led there.
std::optional<http::Response> lead_to_document(http::Request const& request);

}  // namespace posy::federation
