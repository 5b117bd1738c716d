// Custom emoji in names and texts: shortcodes that become small pictures.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "db/access.hpp"
#include "social/site.hpp"

namespace posy::pages {

class Emoji {
 public:
  // Remembers the shortcodes in a text of somebody from `domain`; HTML or plain text.
  void want(std::string_view domain, std::string_view text);
  // Finds all that were wanted, with one query.
  void load(db::Reader& r, social::Site const& site);
  // Puts the pictures into clean HTML. What was not found stays text.
  std::string put_in(std::string_view domain, std::string html) const;

 private:
  std::set<std::string> domains_;
  std::set<std::string> codes_;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> paths_;  // domain, code
};

}  // namespace posy::pages
