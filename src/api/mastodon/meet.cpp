#include "api/mastodon/meet.hpp"

#include "api/elsewhere.hpp"
#include "text/compose.hpp"

namespace posy::api {
namespace {

constexpr std::size_t named_max = 50;      // looked for here
constexpr std::size_t strangers_max = 10;  // and elsewhere
constexpr std::chrono::seconds patience{4};

// "name@domain" of other servers; composing alone knows what is a mention and what only looks like one.
std::vector<std::string> named_in(social::Site const& site, std::string const& text, store::SourceType type) {
  std::vector<std::string> out;
  text::Lookups lookups;
  lookups.mention = [&](text::Mention const& mention) -> std::optional<text::ResolvedMention> {
    auto at = mention.acct.find('@');
    auto domain = at == mention.acct.npos ? std::string_view{} : std::string_view(mention.acct).substr(at + 1);
    bool is_here = domain.empty() || domain == site.account_domain || domain == site.host;
    if (!is_here && out.size() < named_max) out.push_back(mention.acct);
    return {};
  };
  bool is_markdown = type == store::SourceType::markdown;
  text::compose(text, is_markdown ? text::SourceType::markdown : text::SourceType::plain, lookups);
  return out;
}

std::vector<std::string> strangers_among(db::Reader& r, std::vector<std::string> const& handles) {
  std::vector<std::string> out;
  // The one query in a loop besides composing itself, and as bounded.
  for (auto const& handle : handles) {
    auto at = handle.find('@');
    if (store::find_account(r, handle.substr(0, at), handle.substr(at + 1))) continue;
    out.push_back(handle);
    if (out.size() == strangers_max) break;
  }
  return out;
}

}  // namespace

Task<> meet_mentioned(Api& api, std::string text, store::SourceType type) {
  if (!api.elsewhere || text.find('@') == text.npos) co_return;
  auto handles = named_in(api.site, text, type);
  if (handles.empty()) co_return;
  auto ask = [&](db::Reader& r) { return strangers_among(r, handles); };
  std::vector<std::string> strangers = co_await api.db.read(ask);
  if (strangers.empty()) co_return;
  Task<> looking = look_elsewhere(api, std::move(strangers), patience);
  co_await std::move(looking);
}

}  // namespace posy::api
