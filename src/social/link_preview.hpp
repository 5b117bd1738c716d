// Which link of a post is shown with a preview of its page, and when that page is fetched. The fetching itself
// is the business of `federation/previews`, which takes what waits in store/link_preview.hpp.
//
// A page is fetched once for all posts that lead to it, and neither at once nor at the same time as other servers
// do, which have the same post: late by chance. What was found, or that there was nothing, holds for two weeks;
// a post that comes after that has it fetched again.
#pragma once

#include <string>
#include <vector>

#include "social/site.hpp"
#include "store/link_preview.hpp"

namespace posy::social {

// The first of the links that is fit: a web page that is not of this server. Empty when there is none.
std::string fit_link(Site const& site, std::vector<std::string> const& urls);

// For a post that is new here. A post with media, a poll or a quote shows those instead, and what stands in a private
// message is fetched by nobody but its readers. Without `may_fetch`, as for old posts, only what is known is shown.
void add_preview(db::Writer& w, store::Post const& post, bool has_media, std::string const& link, bool may_fetch);
// After an edit, for whatever it showed before.
void change_preview(db::Writer& w, store::Post const& post, bool has_media, std::string const& link);

// What a fetch found, with `state`. Tells of the posts that show it, and returns the blobs that nothing names any
// more.
std::vector<std::string> keep_preview(db::Writer& w, store::LinkPreview const& preview);

// What the posts show. Nothing of a page on a suspended server, and no picture from one whose media are rejected: by
// the rules as they are now, so that lifting one brings back what was known.
std::vector<store::ShownPreview> shown_previews(db::Reader& r, std::vector<PostId> const& posts);

// Of previews that no post shows any more: the blobs that nothing names now.
std::vector<std::string> clean_up_previews(db::Writer& w);

}  // namespace posy::social
