#include "federation/vocabulary/quote.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

constexpr std::string_view legacy_members[] = {"quoteUrl", "quoteUri", "quoteURL", "_misskey_quote"};
// FEP-044f writes the first one with a slash, FEP-e232 and Misskey without.
constexpr std::string_view quote_relations[] = {"https://misskey-hub.net/ns#_misskey_quote",
                                                "https://misskey-hub.net/ns/#_misskey_quote",
                                                "https://w3id.org/fep/044f#quote"};

// FEP-e232: any link to an object. It is a quote if it says so, or if its text looks like one.
bool is_quote_link(json::object const& tag) {
  if (!has_type(tag, "Link")) return false;
  if (!is_activity_media_type(read_token(tag, "mediaType", limits::media_type_bytes_max))) return false;
  if (find_member(tag, "rel")) {
    for (auto const& value : values_in(tag, "rel", limits::links_max)) {
      auto relation = read_text(value, limits::type_bytes_max);
      if (std::ranges::find(quote_relations, relation) != std::end(quote_relations)) return true;
    }
    return false;
  }
  return read_text(tag, "name", limits::name_bytes_max).starts_with("RE:");
}

std::string quote_in_tags(json::object const& document) {
  for (auto const& value : values_in(document, "tag", limits::tags_max)) {
    auto const* tag = value.if_object();
    if (!tag || !is_quote_link(*tag)) continue;
    if (auto href = read_id(*tag, "href"); !href.empty()) return href;
  }
  return {};
}

}  // namespace

Quote read_quote(json::object const& document) {
  Quote quote{.id = read_id(document, "quote")};
  if (quote) {
    quote.authorization = read_id(document, "quoteAuthorization");
    return quote;
  }
  quote.is_legacy = true;
  for (auto name : legacy_members)
    if (!quote) quote.id = read_id(document, name);
  if (!quote) quote.id = quote_in_tags(document);
  return quote ? quote : Quote{};
}

void write_quote(json::object& document, Quote const& quote) {
  put(document, "quote", quote.id);
  put(document, "quoteUrl", quote.id);
  put(document, "quoteUri", quote.id);
  put(document, "_misskey_quote", quote.id);
  put(document, "quoteAuthorization", quote.authorization);
}

}  // namespace posy::federation
