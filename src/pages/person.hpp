// People as pages show them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "serving/changes.hpp"
#include "pages/emoji.hpp"
#include "social/site.hpp"
#include "store/account.hpp"

namespace posy::pages {

using serving::Shows;

// Somebody of this server whose profile visitors may see. Refuses with not_found, or with gone when she has
// been suspended.
store::Account load_person(db::Reader& r, std::string_view username, Shows& shows);
// Those who want to be found, by age: people of this server.
std::vector<store::Account> discoverable_people(db::Reader& r);

std::string name_of(store::Account const& account);  // plain text
std::string name_html(store::Account const& account, Emoji const& emoji);
std::string handle_of(social::Site const& site, store::Account const& account);  // "alice@example.org"
std::string avatar_path(social::Site const& site, store::Account const& account);
std::string account_path(social::Site const& site, store::Account const& account);
// Whether search engines are asked to leave it out.
bool hides_from_search(store::Account const& account);

}  // namespace posy::pages
