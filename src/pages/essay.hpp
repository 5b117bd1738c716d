// A post with a title: as a page of its own (templates/essay.html), and as a few lines among others.
#pragma once

#include <string>

#include "html/templates.hpp"
#include "pages/context.hpp"
#include "pages/post_view.hpp"

namespace posy::pages {

// The values of essay.html.
void fill_essay(html::Values& values, Context const& context, PostView const& view, Emoji const& emoji);

// What stands for it in a list: its title, which leads to it, and its summary or how it begins. Clean HTML.
std::string essay_teaser(Context const& context, PostView const& view);

store::Media const* cover_of(PostView const& view);  // null: it has none

}  // namespace posy::pages
