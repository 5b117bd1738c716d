// The families of pages, each with its table of routes.
#pragma once

#include <span>

#include "pages/context.hpp"

namespace posy::pages {

std::span<Route const> home_routes();
std::span<Route const> profile_routes();
std::span<Route const> thread_routes();
std::span<Route const> feed_routes();
std::span<Route const> embed_routes();
std::span<Route const> tag_routes();
std::span<Route const> file_routes();
std::span<Route const> desk_routes();

// A profile as the front page of a server with one person.
std::string render_profile(Context const& context, db::Reader& r, Shows& shows, std::string_view username);

}  // namespace posy::pages
