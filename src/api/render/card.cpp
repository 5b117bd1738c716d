#include "api/render/card.hpp"

#include <limits>
#include <unordered_map>

#include "api/entities/status.hpp"
#include "api/render/account.hpp"
#include "api/render/media.hpp"
#include "api/render/words.hpp"
#include "json/write.hpp"
#include "social/link_preview.hpp"
#include "store/link_preview.hpp"
#include "store/media.hpp"
#include "store/poll.hpp"
#include "store/tag.hpp"
#include "text/plain.hpp"
#include "store/title.hpp"

namespace posy::api {
namespace {

struct App {
  AppId id;
  std::string name;
  std::string website;
};
BOOST_DESCRIBE_STRUCT(App, (), (id, name, website))

// Everything that hangs on the posts of a page, by post or account.
struct Parts {
  std::unordered_map<AccountId, store::Account> accounts;
  std::unordered_map<PostId, std::vector<AccountId>> mentions;
  std::unordered_map<PostId, std::vector<store::Tag>> tags;
  std::unordered_map<PostId, std::vector<store::Media>> media;
  std::unordered_map<PostId, store::LinkPreview> previews;
  std::unordered_map<AppId, App> apps;
  std::unordered_map<PollId, std::vector<store::PollOption>> options;
};

Parts load_parts(db::Reader& r, std::vector<store::Post> const& posts) {
  Parts parts;
  std::vector<PostId> ids;
  std::vector<AccountId> accounts;
  std::vector<AppId> apps;
  std::vector<PollId> polls;
  for (auto const& post : posts) {
    accounts.push_back(post.author);
    if (post.boost_of) continue;  // a boost has no text of its own
    ids.push_back(post.id);
    if (post.app) apps.push_back(post.app);
    if (post.poll) polls.push_back(post.poll);
  }
  for (auto const& mention : store::mentions_of(r, ids)) {
    parts.mentions[mention.post].push_back(mention.account);
    accounts.push_back(mention.account);
  }
  for (auto& account : store::accounts_by_id(r, accounts)) parts.accounts.emplace(account.id, std::move(account));
  for (auto& tag : store::tags_of(r, ids)) parts.tags[tag.post].push_back(std::move(tag.tag));
  for (auto& media : store::media_of(r, ids)) parts.media[media.post].push_back(std::move(media));
  for (auto& shown : social::shown_previews(r, ids)) parts.previews.emplace(shown.post, std::move(shown.preview));
  if (!polls.empty())
    for (auto& option : store::options_of(r, polls)) parts.options[option.poll].push_back(std::move(option));
  if (!apps.empty())
    for (auto& app : r.all<App>("select :row from oauth_app where id in ids($1)", apps))
      parts.apps.emplace(app.id, std::move(app));
  return parts;
}

bool is_card(store::Post const& post) {
  return store::is_essay(post) && post.is_local && post.visibility <= store::Visibility::unlisted;
}

// About, as blanks part them; of languages without blanks, half the letters.
std::int64_t count_words(std::string_view html) {
  auto text = text::html_to_text(html);
  std::int64_t words = 0, letters = 0;
  char before = ' ';
  for (char c : text) {
    bool is_blank = c == ' ' || c == '\n';
    if (!is_blank && (before == ' ' || before == '\n')) ++words;
    if ((static_cast<unsigned char>(c) & 0xf0) == 0xe0) ++letters;  // begins a character of three bytes
    before = c;
  }
  return std::max(words, letters / 2);
}

// Whoever shows posts of any length in a list shows the card; the whole is a page, and in `essay_content`.
void fill_essay(entities::StatusText& out, store::Post const& post) {
  out.title = post.title;
  auto& essay = out.essay.emplace();
  essay.summary = post.summary;
  essay.content_type = content_type_name(post.source_type);
  essay.words = count_words(post.content);
  if (!post.slug.empty()) essay.slug = post.slug;
  if (post.cover) essay.cover_id = post.cover.str();
  if (is_card(post)) out.content = store::card_content(post, out.url);
}

entities::StatusText make_text(db::Reader& r, social::Site const& site, store::Post const& post, Parts& parts) {
  auto const& author = parts.accounts.at(post.author);
  entities::StatusText out;
  out.id = post.id.str();
  out.created_at = post.created_at;
  if (post.in_reply_to) out.in_reply_to_id = post.in_reply_to.str();
  if (post.in_reply_to_account) out.in_reply_to_account_id = post.in_reply_to_account.str();
  out.sensitive = post.sensitive;
  out.spoiler_text = post.notice;
  out.visibility = visibility_name(post.visibility);
  if (!post.language.empty()) out.language = post.language;
  out.uri = site.post_uri(post, author);
  out.url = site.post_url(post, author);
  out.edited_at = post.edited_at;
  out.content = store::titled_content(post);
  if (store::is_essay(post)) fill_essay(out, post);
  if (auto app = parts.apps.find(post.app); app != parts.apps.end()) {
    out.application.emplace().name = app->second.name;
    if (!app->second.website.empty()) out.application->website = app->second.website;
  }
  std::size_t room = is_card(post) ? site.limits.media_attachments : std::numeric_limits<std::size_t>::max();
  for (auto const& media : parts.media[post.id])
    if (out.media_attachments.size() < room) out.media_attachments.push_back(make_media(site, media));
  for (auto id : parts.mentions[post.id]) {
    auto const& account = parts.accounts.at(id);
    out.mentions.push_back({account.id.str(), account.username, site.account_url(account), account.acct()});
  }
  for (auto const& tag : parts.tags[post.id]) out.tags.push_back({tag.name, site.tag_url(tag.name)});
  out.emojis = emojis_in(r, site, author.domain, post.title + " " + post.content + " " + post.notice);
  return out;
}

entities::PreviewCard make_preview(social::Site const& site, store::LinkPreview const& preview) {
  entities::PreviewCard out;
  out.url = preview.url;
  out.title = preview.title;
  out.description = preview.description;
  if (!preview.language.empty()) out.language = preview.language;
  out.author_name = preview.author_name;
  out.provider_name = preview.provider_name;
  out.published_at = preview.published_at;
  if (!preview.image.empty()) {
    out.image = site.media_url(preview.image);
    out.image_description = preview.image_description;
    out.width = preview.image_width;
    out.height = preview.image_height;
    if (!preview.blurhash.empty()) out.blurhash = preview.blurhash;
  }
  if (!preview.author_name.empty() || preview.creator) out.authors.push_back({preview.author_name, "", nullptr});
  return out;
}

std::string search_text(store::Post const& post, Parts& parts) {
  std::string out = post.title + "\n" + post.summary + "\n" + post.notice + "\n" + text::html_to_text(post.content);
  for (auto const& media : parts.media[post.id]) out += "\n" + media.description;
  if (post.poll)
    for (auto const& option : parts.options[post.poll]) out += "\n" + option.title;
  return out;
}

}  // namespace

std::vector<std::shared_ptr<Card const>> make_cards(db::Reader& r, social::Site const& site,
                                                    std::vector<PostId> const& ids) {
  std::vector<std::shared_ptr<Card const>> out;
  auto posts = store::posts_by_id(r, ids);
  auto parts = load_parts(r, posts);
  for (auto const& post : posts) {
    auto card = std::make_shared<Card>();
    card->id = post.id;
    card->author = post.author;
    card->visibility = post.visibility;
    card->quote_policy = post.quote_policy;
    card->quote_state = post.quote_state;
    card->author_suspended = parts.accounts.at(post.author).suspended_at.has_value();
    card->thread = post.thread;
    card->boost_of = post.boost_of;
    card->quote_of = post.quote_of;
    card->poll = post.poll;
    card->is_essay = store::is_essay(post);
    card->text = json::to_json(make_text(r, site, post, parts));
    card->text.pop_back();
    card->search = search_text(post, parts);
    if (auto preview = parts.previews.find(post.id); preview != parts.previews.end()) {
      card->preview = std::make_shared<entities::PreviewCard const>(make_preview(site, preview->second));
      card->preview_author = preview->second.creator;
    }
    out.push_back(std::move(card));
  }
  return out;
}

}  // namespace posy::api
