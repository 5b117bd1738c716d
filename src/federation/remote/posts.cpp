#include "federation/remote/posts.hpp"

#include <algorithm>
#include <set>

#include "base/encoding.hpp"
#include "federation/remote/actors.hpp"
#include "federation/remote/emojis.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/remote/quotes.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/article_pictures.hpp"
#include "social/link_preview.hpp"
#include "social/domain_holds.hpp"
#include "social/visibility.hpp"
#include "text/html_links.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"
#include "text/sanitize.hpp"

namespace posy::federation {

using social::Arrival;
using store::Visibility;

namespace {

constexpr std::size_t ancestors_max = 100;      // fetched above one post
constexpr int authors_reserve = 25;             // requests that are kept for the authors of those
constexpr std::size_t mentioned_max = 500;      // kept of one post
constexpr std::size_t tags_max = 100;
constexpr std::size_t links_max = 40;  // looked at, of one post
constexpr std::size_t attachments_max = 32;
constexpr std::size_t text_pictures_max = 32;  // of an article, besides those; more of them become links
constexpr std::size_t notice_characters_max = 1000;
constexpr std::size_t description_characters_max = 5000;
constexpr std::size_t title_characters_max = 300;
constexpr std::size_t summary_characters_max = 1000;
constexpr std::size_t option_characters_max = 300;
constexpr int width_max = 100'000;

Error unbelievable(std::string sentence) { return {Refusal::unprocessable, std::move(sentence)}; }

std::string line(std::string_view text, std::size_t characters) { return text::truncate(text::scrub(text), characters); }

Visibility visibility_of(Object const& object, std::string const& followers) {
  if (is_public(object.to)) return Visibility::everyone;
  if (is_public(object.cc)) return Visibility::unlisted;
  auto has = [&](std::vector<std::string> const& list) {
    return !followers.empty() && std::ranges::find(list, followers) != list.end();
  };
  return has(object.to) || has(object.cc) ? Visibility::followers : Visibility::direct;
}

// With its pictures, each in the place of its address as social::place_pictures() wants it.
std::string article_content(Object const& object, std::vector<Attachment>& pictures) {
  auto show = [&](text::HtmlPicture const& picture) -> std::optional<std::string> {
    auto same = [&](Attachment const& one) { return one.url == picture.address; };
    auto known = std::ranges::find_if(pictures, same);
    if (known == pictures.end()) {
      if (pictures.size() >= text_pictures_max || !is_iri(picture.address)) return {};
      Attachment attachment{.type = AttachmentType::image};
      attachment.url = picture.address;
      attachment.description = picture.description;
      pictures.push_back(std::move(attachment));
      known = pictures.end() - 1;
    }
    return social::picture_mark(static_cast<std::size_t>(known - pictures.begin()));
  };
  return text::sanitize_html(object.content, show);
}

// Notes and articles are shown whole; everything else as a titled link to where it is.
std::string content_of(Object const& object) {
  bool is_whole = object.type == ObjectType::note || object.type == ObjectType::question ||
                  (object.type == ObjectType::article && !object.content.empty());
  if (is_whole) return text::sanitize_html(object.content);
  auto title = line(object.name, title_characters_max);
  std::string html;
  // The title of an article has its own place.
  if (!title.empty() && object.type != ObjectType::article) html += "<p><strong>" + escape_html(title) + "</strong></p>";
  html += object.content.empty() ? "<p>" + object.summary + "</p>" : object.content;
  auto const& link = object.url.empty() ? object.id : object.url;
  html += "<p><a href=\"" + escape_html(link) + "\">" + escape_html(link) + "</a></p>";
  return text::sanitize_html(html);
}

// Without those that its server calls mentions, tags and quotes, however they are dressed.
std::vector<std::string> links_of(Object const& object, std::string const& content) {
  auto links = text::links_in_html(content, links_max);
  auto is_other = [&](std::string const& link) {
    auto leads_there = [&](auto const& tag) { return tag.href == link; };
    return link == object.quote.id || std::ranges::any_of(object.tags.mentions, leads_there) ||
           std::ranges::any_of(object.tags.hashtags, leads_there);
  };
  std::erase_if(links, is_other);
  return links;
}

store::MediaKind kind_of(Attachment const& attachment) {
  auto is = [&](std::string_view prefix) { return attachment.media_type.starts_with(prefix); };
  if (is("image/") || attachment.type == AttachmentType::image) return store::MediaKind::image;
  if (is("video/") || attachment.type == AttachmentType::video) return store::MediaKind::video;
  if (is("audio/") || attachment.type == AttachmentType::audio) return store::MediaKind::audio;
  return store::MediaKind::unknown;
}

store::Media media_of(Attachment const& attachment) {
  store::Media media;
  media.kind = kind_of(attachment);
  media.mime = attachment.media_type;
  media.description = line(attachment.description, description_characters_max);
  media.blurhash = attachment.blurhash;
  media.width = std::clamp(attachment.width, 0, width_max);
  media.height = std::clamp(attachment.height, 0, width_max);
  media.duration = attachment.duration;
  if (attachment.focus) {
    media.focus_x = std::clamp(attachment.focus->x, -1.0, 1.0);
    media.focus_y = std::clamp(attachment.focus->y, -1.0, 1.0);
  }
  media.remote_url = attachment.url;
  media.remote_preview_url = attachment.preview_url;
  return media;
}

social::ArrivedPoll poll_of(Poll const& poll) {
  social::ArrivedPoll out{.titles = {}, .votes = {}, .multiple = poll.multiple, .ends_at = poll.end_time};
  if (poll.closed_at) out.ends_at = poll.closed_at;
  std::int64_t all = 0;
  for (auto const& option : poll.options) {
    out.titles.push_back(line(option.name, option_characters_max));
    out.votes.push_back(std::max<std::int64_t>(option.votes, 0));
    all += out.votes.back();
  }
  out.voters = std::max<std::int64_t>(poll.voters.value_or(all), 0);
  return out;
}

// What is known here of the people of a post, read at once.
struct People {
  AccountId author;
  std::string domain;     // hers
  std::string followers;  // the id of that collection
  std::vector<AccountId> mentioned;
  std::vector<std::string> unknown;  // of those whom it names
  std::vector<AccountId> addressed;  // of ours
  bool is_for_us = false;            // somebody of ours is named or addressed
};

People find_people(db::Reader& r, Context& context, Object const& object) {
  People out;
  if (auto author = context.uris.find_account(r, object.author())) {
    out.author = author->id;
    out.domain = author->domain;
    if (auto remote = store::find_remote(r, author->id)) out.followers = remote->followers_uri;
  }
  std::set<std::string_view> ours;  // found already
  for (auto const& mention : object.tags.mentions) {
    if (out.mentioned.size() + out.unknown.size() == mentioned_max) break;
    auto account = context.uris.find_account(r, mention.href);
    if (account)
      out.mentioned.push_back(account->id);
    else
      out.unknown.push_back(mention.href);
    if (!account || !account->is_local()) continue;
    out.is_for_us = true;
    ours.insert(mention.href);
  }
  for (auto const* list : {&object.to, &object.cc}) {
    for (auto const& id : *list) {
      if (out.addressed.size() == mentioned_max || !context.uris.username(id) || !ours.insert(id).second) continue;
      if (auto account = context.uris.find_account(r, id)) out.addressed.push_back(account->id);
    }
  }
  out.is_for_us |= !out.addressed.empty();
  return out;
}

// Those of the people whom it names that matter here: ours, and others as far as they are known or few.
Task<std::vector<AccountId>> gather_mentioned(Context& context, People people, Errand& errand) {
  auto out = std::move(people.mentioned);
  for (auto const& id : people.unknown) {
    if (!errand.take_stranger()) break;
    Task<Result<AccountId>> finding = find_actor(context, id, Freshness::known, Alias::refused, &errand);
    Result<AccountId> found = co_await std::move(finding);
    if (found) out.push_back(*found);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  co_return out;
}

}  // namespace

Task<Result<Object>> fetch_object(Context& context, std::string id, Errand* errand) {
  Task<Result<boost::json::object>> fetching = fetch_document(context, std::move(id), errand);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) co_return document.error();
  co_return read_object(*document);
}

Task<std::optional<PostId>> find_known(Context& context, std::string id) {
  auto find = [&](db::Reader& r) -> std::optional<PostId> {
    auto post = context.uris.find_post(r, id);
    if (post) return post->id;
    return {};
  };
  co_return co_await context.db.read(find);
}

namespace {

// A permission that is missing says nothing; so does, in JSON-LD, one that is empty.
store::Circle circle_of(std::optional<Permission> const& permission, std::string const& followers,
                        store::Circle otherwise) {
  if (!permission || (permission->automatic.empty() && permission->manual.empty())) return otherwise;
  auto has = [&](std::string_view id) {
    auto in = [&](std::vector<std::string> const& list) { return std::ranges::find(list, id) != list.end(); };
    // What she wants to look at first may be sent: her server holds it back until she has.
    return !id.empty() && (in(permission->automatic) || in(permission->manual));
  };
  if (has(public_collection)) return store::Circle::everybody;
  if (has(followers)) return store::Circle::followers;
  return store::Circle::nobody;
}

void set_policy(Arrival& arrival, InteractionPolicy const& policy, std::string const& followers) {
  using store::Circle;
  arrival.policy = {.post = {},
                    .reply = circle_of(policy.can_reply, followers, Circle::everybody),
                    .favourite = circle_of(policy.can_like, followers, Circle::everybody),
                    .boost = circle_of(policy.can_announce, followers, Circle::everybody)};
  // Who says nothing of quotes has not consented to them.
  switch (circle_of(policy.can_quote, followers, Circle::nobody)) {
    case Circle::everybody: arrival.quote_policy = store::QuotePolicy::everyone; break;
    case Circle::followers: arrival.quote_policy = store::QuotePolicy::followers; break;
    case Circle::nobody: arrival.quote_policy = store::QuotePolicy::nobody; break;
  }
}

// Everything but what it answers and quotes.
Task<Result<Arrival>> gather_alone(Context& context, Object const& object, bool is_news, Errand& errand) {
  if (context.uris.is_ours(object.id)) co_return unbelievable("The post claims to be of this server");
  if (!is_same_origin(object.id, object.author())) co_return unbelievable("The post is not of its author's server");
  auto find = [&](db::Reader& r) { return find_people(r, context, object); };
  People people = co_await context.db.read(find);
  if (!people.author) {
    Task<Result<AccountId>> finding =
        find_actor(context, object.author(), Freshness::known, Alias::refused, &errand);
    Result<AccountId> author = co_await std::move(finding);
    if (!author) co_return author.error();
    people = co_await context.db.read(find);
    people.author = *author;
  }
  Task<std::vector<AccountId>> gathering = gather_mentioned(context, people, errand);

  Arrival arrival{.author = people.author, .uri = object.id, .url = object.url};
  arrival.mentioned = co_await std::move(gathering);
  arrival.published = object.published;
  arrival.edited = object.updated;
  if (object.type == ObjectType::article) arrival.title = line(object.name, title_characters_max);
  // The rule may be about her server or about the domain in her handle.
  bool drops_media = social::rule_for(*context.rules.all(), {AccountId{}, people.domain, object.id}).reject_media;
  std::vector<Attachment> pictures;
  bool const shows_pictures = object.type == ObjectType::article && !object.content.empty() && !drops_media;
  arrival.content = shows_pictures ? article_content(object, pictures) : content_of(object);
  arrival.text = text::html_to_text(arrival.content);
  if (!arrival.title.empty()) arrival.summary = line(text::html_to_text(object.summary), summary_characters_max);
  bool is_short = object.type == ObjectType::note || object.type == ObjectType::question;
  if (is_short) arrival.notice = line(text::html_to_text(object.summary), notice_characters_max);
  arrival.urls = links_of(object, arrival.content);
  arrival.preview = social::fit_link(context.site, arrival.urls);
  arrival.sensitive = object.sensitive;
  arrival.language = object.language;
  for (auto const& tag : object.tags.hashtags) {
    auto folded = text::fold_tag(tag.name);
    if (!folded.empty() && arrival.tags.size() < tags_max) arrival.tags.push_back({folded, line(tag.name, 100)});
  }
  // The picture of an article stands before what else it has.
  bool has_picture = object.type == ObjectType::article && is_iri(object.image.url);
  auto is_listed = [&](Attachment const& one) { return one.url == object.image.url; };
  if (has_picture && !drops_media && std::ranges::none_of(object.attachments, is_listed)) {
    Attachment picture{.type = AttachmentType::image};
    picture.url = object.image.url;
    picture.media_type = object.image.media_type;
    picture.description = object.image.description;
    arrival.media.push_back(media_of(picture));
  }
  for (auto const& attachment : object.attachments) {
    if (drops_media || arrival.media.size() >= attachments_max) break;
    if (is_iri(attachment.url)) arrival.media.push_back(media_of(attachment));
  }
  for (auto const& picture : pictures) {
    arrival.pictures.push_back(picture.url);
    auto is_it = [&](store::Media const& one) {
      return one.remote_url == picture.url && one.kind == store::MediaKind::image;
    };
    if (std::ranges::none_of(arrival.media, is_it)) arrival.media.push_back(media_of(picture));
  }
  arrival.site = &context.site;
  if (object.poll && !object.poll->options.empty()) arrival.poll = poll_of(*object.poll);
  // Whoever answers is told by the server of the post; whose the whole thread is, nobody can say.
  if (is_same_origin(object.replies.id, object.id)) arrival.replies = object.replies.id;
  arrival.context = object.context;
  if (!drops_media) arrival.emojis = emojis_of(object.tags);
  arrival.is_news = is_news;
  arrival.visibility = visibility_of(object, people.followers);
  set_policy(arrival, object.policy, people.followers);
  arrival.is_for_us = people.is_for_us;
  // People to whom a private post is addressed can read it, whether it names them or not.
  if (arrival.visibility == Visibility::direct || arrival.visibility == Visibility::followers) {
    for (auto account : people.addressed) {
      bool const is_named = std::ranges::find(arrival.mentioned, account) != arrival.mentioned.end();
      if (!is_named && arrival.mentioned.size() < mentioned_max) arrival.mentioned.push_back(account);
    }
  }
  co_return arrival;
}

}  // namespace

void set_parent(db::Reader& r, Context& context, std::string const& uri, Arrival& arrival) {
  auto parent = context.uris.find_post(r, uri);
  bool const may_answer = parent && social::may_see(r, {arrival.author}, *parent);
  arrival.in_reply_to = may_answer ? parent->id : PostId{};
  // What is ours and not there will not come.
  bool const may_come = !parent && !context.uris.is_ours(uri);
  arrival.awaited = may_come ? uri : std::string();
}

Task<Result<Arrival>> gather_post(Context& context, Object object, bool is_news, Errand* given) {
  Errand own;
  Errand& errand = given ? *given : own;
  Task<Result<Arrival>> gathering = gather_alone(context, object, is_news, errand);
  Result<Arrival> arrival = co_await std::move(gathering);
  if (!arrival) co_return arrival;
  if (!object.in_reply_to.empty()) {
    auto find_parent = [&](db::Reader& r) { set_parent(r, context, object.in_reply_to, *arrival); };
    co_await context.db.read(find_parent);
  }
  Task<FoundQuote> finding = find_quote(context, object, arrival->author, errand);
  FoundQuote quote = co_await std::move(finding);
  arrival->quote_of = quote.quoted;
  arrival->quote_state = quote.state;
  arrival->quote_stamp = quote.stamp;
  arrival->quote_is_denied = quote.is_denied;
  co_return arrival;
}

Task<Result<PostId>> fetch_post_alone(Context& context, std::string id, Errand& errand) {
  Task<Result<Object>> fetching = fetch_object(context, std::move(id), &errand);
  Result<Object> object = co_await std::move(fetching);
  if (!object) co_return object.error();
  Task<Result<Arrival>> gathering = gather_alone(context, *object, false, errand);
  Result<Arrival> arrival = co_await std::move(gathering);
  if (!arrival) co_return arrival.error();
  auto keep = [&](db::Writer& w) { return social::receive_post(w, *arrival).id; };
  co_return co_await context.db.write(keep);
}

Task<Result<PostId>> find_post(Context& context, std::string id, Errand* given) {
  Errand own;
  Errand& errand = given ? *given : own;
  // Upward to the root, or to what is known; then received from the top down.
  std::vector<Object> chain;
  std::optional<PostId> top;
  std::string next = std::move(id);
  while (chain.size() <= ancestors_max && !next.empty()) {
    Task<std::optional<PostId>> looking = find_known(context, next);
    top = co_await std::move(looking);
    if (top) break;
    // What was asked for comes first; what stands above it as far as it goes.
    if (!chain.empty() && errand.left() <= authors_reserve) break;
    Task<Result<Object>> fetching = fetch_object(context, next, &errand);
    Result<Object> fetched = co_await std::move(fetching);
    if (!fetched && chain.empty()) co_return fetched.error();
    if (!fetched) break;
    bool seen = std::ranges::any_of(chain, [&](Object const& object) { return object.id == fetched->id; });
    if (seen) break;
    next = fetched->in_reply_to;
    if (chain.empty() && is_same_origin(fetched->id, fetched->author())) {
      Task<Result<AccountId>> finding =
          find_actor(context, fetched->author(), Freshness::known, Alias::refused, &errand);
      Result<AccountId> author = co_await std::move(finding);
      if (!author) co_return author.error();
    }
    chain.push_back(std::move(*fetched));
  }
  Result<PostId> last = top ? Result<PostId>(*top) : Result<PostId>(not_found());
  for (std::size_t i = chain.size(); i-- > 0;) {
    Task<Result<Arrival>> gathering = gather_post(context, std::move(chain[i]), false, &errand);
    Result<Arrival> arrival = co_await std::move(gathering);
    if (!arrival) {
      last = arrival.error();
      continue;
    }
    auto keep = [&](db::Writer& w) { return social::receive_post(w, *arrival).id; };
    last = co_await context.db.write(keep);
  }
  co_return last;
}

}  // namespace posy::federation
