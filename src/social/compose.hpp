// Text of a person of this server into a post's HTML, with the accounts and tags that this server knows.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "social/site.hpp"
#include "store/tag.hpp"
#include "text/compose.hpp"

namespace posy::social {

constexpr std::size_t tags_max = 100;  // of one post; further ones are links only

text::Composed compose(db::Reader& r, Site const& site, std::string_view text, store::SourceType type);
// The same for any kind of text (social/essay.hpp).
text::Composed compose(db::Reader& r, Site const& site, std::string_view text, text::SourceType type,
                       std::function<std::optional<text::Picture>(std::int64_t)> picture);
std::vector<AccountId> mentioned_in(text::Composed const& composed);
std::vector<store::TagName> tags_in(text::Composed const& composed);

// What a search for this post may find: its text, its notice, its media's descriptions, its poll.
void index_new(db::Writer& w, store::Post const& post, std::string_view text, bool has_media);
void index_changed(db::Writer& w, store::Post const& post);

}  // namespace posy::social
