// Custom emoji of other servers, as their posts and people bring them along.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/access.hpp"

namespace posy::social {

// Of one server. When it has more, the one that has been known longest makes room.
constexpr std::int64_t emojis_of_server_max = 5000;

struct ArrivedEmoji {
  std::string shortcode;
  std::string url;
  std::optional<Time> updated;
};

// `domain` is that of the person whose text they stand in: nobody brings emoji for another server.
void keep_emojis(db::Writer& w, std::string const& domain, std::vector<ArrivedEmoji> const& arrived);

}  // namespace posy::social
