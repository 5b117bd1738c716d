// Account rows to Account entities.
#pragma once

#include <string>
#include <vector>

#include "api/entities/account.hpp"
#include "social/site.hpp"
#include "store/account.hpp"
#include "store/emoji.hpp"

namespace posy::api {

entities::CustomEmoji make_emoji(social::Site const& site, store::CustomEmoji const& emoji);
std::vector<entities::CustomEmoji> make_emojis(social::Site const& site,
                                               std::vector<store::CustomEmoji> const& emojis);
// The fields of a profile, from the JSON in which the store keeps them.
std::vector<entities::Field> make_fields(std::string const& stored);
entities::Account make_account(social::Site const& site, store::Account const& account,
                               store::AccountStats const& stats, std::vector<entities::CustomEmoji> emojis);
// Loads what `make_account` needs.
entities::Account load_account(db::Reader& r, social::Site const& site, store::Account const& account);
// The emoji of `domain` whose shortcodes stand in `text`.
std::vector<entities::CustomEmoji> emojis_in(db::Reader& r, social::Site const& site, std::string_view domain,
                                             std::string_view text);

}  // namespace posy::api
