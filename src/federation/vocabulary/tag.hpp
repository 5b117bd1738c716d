// What `tag` lists: people who are mentioned, hashtags, custom emoji.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace posy::federation {

struct Mention {
  std::string href;  // id of the actor
  std::string name;  // "@alice@a.example", as the sender spells it
  bool operator==(Mention const&) const = default;
};

struct Hashtag {
  std::string name;  // without "#", not folded
  std::string href;
  bool operator==(Hashtag const&) const = default;
};

struct Emoji {
  std::string id;
  std::string shortcode;  // without colons: ASCII letters, digits, "_", "-", "+"
  std::string url;        // of the picture
  std::string media_type;
  std::optional<Time> updated;
  bool operator==(Emoji const&) const = default;
};

struct Tags {
  std::vector<Mention> mentions;
  std::vector<Hashtag> hashtags;
  std::vector<Emoji> emojis;
  bool operator==(Tags const&) const = default;
};

Tags read_tags(boost::json::object const& document);
boost::json::array write_tags(Tags const& tags);

}  // namespace posy::federation
