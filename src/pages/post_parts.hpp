// Fills the templates of a post: post.html, and within it post_body.html and media.html.
#pragma once

#include "pages/context.hpp"
#include "pages/post_view.hpp"

namespace posy::pages {

enum class Look {
  listed,  // one of many
  answer,  // one of many, right below what it answers
  focus,   // the one that the page is about
  card,    // alone, inside somebody else's page
};

// `values` is what post.html is filled with. `now` says whether polls have ended.
void fill_post(html::Values& values, Context const& context, PostView const& view, Emoji const& emoji,
               Time now, Look look);
// Each post into the section ITEM of `list`, where {{>POST}} stands.
void fill_posts(html::Values& list, Context const& context, PostViews const& views, Time now);
// `values` is what media.html is filled with.
void fill_media(html::Values& values, social::Site const& site, std::vector<store::Media> const& media,
                Look look);

bool hides_media(PostView const& view);  // until the visitor asks for it
// "#a1b2c3", the colour that a picture has from afar; empty for what is no BlurHash.
std::string colour_of(std::string_view blurhash);

}  // namespace posy::pages
