// What the files of routes share (endpoints.cpp has the rest).
//
// A document for everybody is made by one read, as a plain function, and kept (serving/answers.hpp): it notes whatever
// it shows, and it depends on nothing of the request but the parameters that its route names.
#pragma once

#include <boost/json/object.hpp>

#include "federation/context.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "serving/answers.hpp"
#include "social/visibility.hpp"

namespace posy::federation {

using serving::Made;
using serving::Shows;

// One question for a document.
struct Asked {
  Context& context;
  http::Request const& request;
  Shows& shows;
};

// An ActivityStreams document, kept by others for some minutes.
http::Response document(boost::json::object const& object, unsigned status = 200);
// The same of another kind.
http::Response shared_text(std::string body, std::string_view type, unsigned status = 200);
// Of the path parameter `name`; refused with not_found or gone.
store::Account load_person(db::Reader& r, Asked const& asked);
// Of the path parameter `id`, a post of hers that the viewer may see; without one, that everybody may have.
store::Post load_post(db::Reader& r, Asked const& asked, store::Account const& author, social::Viewer viewer = {});
// That a document shows the post, with whatever it takes from others.
void note(Shows& shows, store::Post const& post);
// Public or unlisted.
bool is_for_everybody(store::Post const& post);

// ---- discovery.cpp ----
Made webfinger(db::Reader& r, Asked const& asked);
Task<http::Response> host_meta(Context& context, http::Request const& request);

// ---- people.cpp ----
Made server_actor(db::Reader& r, Asked const& asked);
// Not kept while she has no keys yet.
Made person(db::Reader& r, Asked const& asked);
Made outbox(db::Reader& r, Asked const& asked);
Made featured(db::Reader& r, Asked const& asked);
Made emoji(db::Reader& r, Asked const& asked);

// ---- posts.cpp ----
Made post(db::Reader& r, Asked const& asked);
Made essay(db::Reader& r, Asked const& asked);  // leads from the end of its page's address to its document
Made post_activity(db::Reader& r, Asked const& asked);
Made stamp(db::Reader& r, Asked const& asked);
// For one who may see it; not to be kept.
http::Response post_for(db::Reader& r, Asked const& asked, social::Viewer viewer);

// ---- collections.cpp ----
Made followers_of(db::Reader& r, Asked const& asked);
Made following_of(db::Reader& r, Asked const& asked);
Made likes_of_post(db::Reader& r, Asked const& asked);
Made shares_of_post(db::Reader& r, Asked const& asked);

// ---- threads.cpp ----
Made thread_of_post(db::Reader& r, Asked const& asked);
Made replies_of_post(db::Reader& r, Asked const& asked);

// ---- followers.cpp ----
Task<http::Response> followers_here(Context& context, http::Request const& request);
Made featured_tags(db::Reader& r, Asked const& asked);

}  // namespace posy::federation
