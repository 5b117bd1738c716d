#include "social/compose.hpp"

#include "store/media.hpp"
#include "store/other_name.hpp"
#include "store/poll.hpp"
#include "store/search.hpp"
#include "text/plain.hpp"

namespace posy::social {
namespace {

std::optional<text::ResolvedMention> find_mentioned(db::Reader& r, Site const& site,
                                                    text::Mention const& mention) {
  auto at = mention.acct.find('@');
  std::string_view acct = mention.acct;
  std::string_view name = acct.substr(0, at);
  std::string_view domain = at == acct.npos ? std::string_view{} : acct.substr(at + 1);
  if (domain == site.account_domain || domain == site.host) domain = {};
  auto account = store::find_account(r, name, domain);
  if (!account && !domain.empty()) account = store::find_account_by_other_handle(r, name, domain);
  if (!account || account->suspended_at) return {};
  return text::ResolvedMention{account->id.value, site.account_url(*account), account->username,
                               account->acct()};
}

// `text`: of the content, without its markup.
std::string words_of(db::Reader& r, store::Post const& post, std::string_view text, bool has_media) {
  std::string words = post.title + "\n" + post.summary + "\n" + post.notice + "\n";
  words += text;
  if (has_media)
    for (auto const& media : store::media_of(r, {post.id})) words += "\n" + media.description;
  if (post.poll)
    for (auto const& option : store::options_of(r, {post.poll})) words += "\n" + option.title;
  return words;
}

}  // namespace

text::Composed compose(db::Reader& r, Site const& site, std::string_view text, store::SourceType type) {
  bool markdown = type == store::SourceType::markdown;
  return compose(r, site, text, markdown ? text::SourceType::markdown : text::SourceType::plain, {});
}

text::Composed compose(db::Reader& r, Site const& site, std::string_view text, text::SourceType type,
                       std::function<std::optional<text::Picture>(std::int64_t)> picture) {
  // Asked once for each distinct name, and at most text::mentions_max times: the one query in a loop.
  text::Lookups lookups{
      .mention = [&](text::Mention const& mention) { return find_mentioned(r, site, mention); },
      .tag_url = [&](std::string_view tag) { return site.tag_url(tag); },
      .picture = std::move(picture),
  };
  return text::compose(text, type, lookups);
}

std::vector<AccountId> mentioned_in(text::Composed const& composed) {
  std::vector<AccountId> out;
  for (auto const& mention : composed.mentions) out.push_back(AccountId{mention.account});
  return out;
}

std::vector<store::TagName> tags_in(text::Composed const& composed) {
  std::vector<store::TagName> out;
  for (auto const& tag : composed.tags)
    if (out.size() < tags_max) out.push_back({tag.name, tag.display});
  return out;
}

void index_new(db::Writer& w, store::Post const& post, std::string_view text, bool has_media) {
  store::index_new_post(w, post.id, words_of(w, post, text, has_media));
}

void index_changed(db::Writer& w, store::Post const& post) {
  store::index_changed_post(w, post.id, words_of(w, post, text::html_to_text(post.content), true));
}

}  // namespace posy::social
