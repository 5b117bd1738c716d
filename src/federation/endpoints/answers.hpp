// What the files of routes share (endpoints.cpp has the rest).
#pragma once

#include <boost/json/object.hpp>

#include "federation/context.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "social/visibility.hpp"

namespace posy::federation {

// An ActivityStreams document, kept by others for some minutes.
http::Response document(boost::json::object const& object, unsigned status = 200);
// Of the path parameter `name`; refused with not_found or gone.
store::Account load_person(db::Reader& r, http::Request const& request);
// Of the path parameter `id`, a post of hers that the viewer may see; without one, that everybody may have.
store::Post load_post(db::Reader& r, http::Request const& request, store::Account const& author,
                      social::Viewer viewer = {});

// ---- threads.cpp ----
Task<http::Response> thread_of_post(Context& context, http::Request const& request);
Task<http::Response> replies_of_post(Context& context, http::Request const& request);

// ---- followers.cpp ----
Task<http::Response> followers_here(Context& context, http::Request const& request);
Task<http::Response> featured_tags(Context& context, http::Request const& request);

}  // namespace posy::federation
