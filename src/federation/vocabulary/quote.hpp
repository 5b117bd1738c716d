// The one post that another quotes, in all the ways that servers have of saying so.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace posy::federation {

struct Quote {
  std::string id;
  bool is_legacy = false;     // only quoteUrl, quoteUri, _misskey_quote or a link in `tag` (FEP-e232)
  std::string authorization;  // id of the QuoteAuthorization (FEP-044f)

  explicit operator bool() const { return !id.empty(); }
  bool operator==(Quote const&) const = default;
};

Quote read_quote(boost::json::object const& document);
void write_quote(boost::json::object& document, Quote const& quote);  // adds its members

}  // namespace posy::federation
