#include "federation/remote/posts.hpp"

#include <algorithm>

#include "federation/remote/actors.hpp"
#include "federation/remote/emojis.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/visibility.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"
#include "text/sanitize.hpp"

namespace posy::federation {

using social::Arrival;
using store::Visibility;

namespace {

constexpr std::size_t ancestors_max = 100;      // fetched above one post
constexpr std::size_t mentioned_max = 500;      // kept of one post
constexpr std::size_t strangers_max = 20;       // fetched, of those whom one post names
constexpr std::size_t tags_max = 100;
constexpr std::size_t attachments_max = 32;
constexpr std::size_t notice_characters_max = 1000;
constexpr std::size_t description_characters_max = 5000;
constexpr std::size_t title_characters_max = 300;
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

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

// What is no note is shown as a titled link to where it is whole.
std::string content_of(Object const& object) {
  if (object.type == ObjectType::note || object.type == ObjectType::question) return text::sanitize_html(object.content);
  auto title = line(object.name, title_characters_max);
  std::string html;
  if (!title.empty()) html += "<p><strong>" + escaped(title) + "</strong></p>";
  if (object.type != ObjectType::article && !object.content.empty()) html += object.content;
  else html += object.summary.empty() ? object.content : "<p>" + object.summary + "</p>";
  auto const& link = object.url.empty() ? object.id : object.url;
  html += "<p><a href=\"" + escaped(link) + "\">" + escaped(link) + "</a></p>";
  return text::sanitize_html(html);
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

// Those of the people whom it names that matter here: ours, and others as far as they are known or few.
Task<std::vector<AccountId>> gather_mentioned(Context& context, Object const& object) {
  std::vector<AccountId> out;
  std::size_t strangers = 0;
  for (auto const& mention : object.tags.mentions) {
    if (out.size() == mentioned_max) break;
    auto find = [&](db::Reader& r) { return context.uris.find_account(r, mention.href); };
    std::optional<store::Account> known = co_await context.db.read(find);
    if (known) {
      out.push_back(known->id);
      continue;
    }
    if (strangers == strangers_max) continue;
    ++strangers;
    Task<Result<AccountId>> finding = find_actor(context, mention.href);
    Result<AccountId> found = co_await std::move(finding);
    if (found) out.push_back(*found);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  co_return out;
}

// People to whom a private post is addressed can read it, whether it names them or not.
void add_addressed(db::Reader& r, Context& context, Object const& object, Arrival& arrival) {
  if (arrival.visibility != Visibility::direct && arrival.visibility != Visibility::followers) return;
  std::vector<std::string> ids = object.to;
  ids.insert(ids.end(), object.cc.begin(), object.cc.end());
  for (auto const& id : ids) {
    if (arrival.mentioned.size() >= mentioned_max) return;
    if (!context.uris.username(id)) continue;
    auto account = context.uris.find_account(r, id);
    if (account && std::ranges::find(arrival.mentioned, account->id) == arrival.mentioned.end())
      arrival.mentioned.push_back(account->id);
  }
}

Task<Result<Object>> fetch_object(Context& context, std::string id) {
  Task<Result<boost::json::object>> fetching = fetch_document(context, std::move(id));
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) co_return document.error();
  co_return read_object(*document);
}

Task<std::optional<PostId>> find_known(Context& context, std::string const& id) {
  auto find = [&](db::Reader& r) -> std::optional<PostId> {
    auto post = context.uris.find_post(r, id);
    if (post) return post->id;
    return {};
  };
  co_return co_await context.db.read(find);
}

}  // namespace

Task<Result<Arrival>> gather_post(Context& context, Object object, bool is_news) {
  if (context.uris.is_ours(object.id)) co_return unbelievable("The post claims to be of this server");
  if (!is_same_origin(object.id, object.author())) co_return unbelievable("The post is not of its author's server");
  Task<Result<AccountId>> finding = find_actor(context, object.author());
  Result<AccountId> author = co_await std::move(finding);
  if (!author) co_return author.error();
  Task<std::vector<AccountId>> gathering = gather_mentioned(context, object);

  Arrival arrival{.author = *author, .uri = object.id, .url = object.url};
  arrival.mentioned = co_await std::move(gathering);
  arrival.published = object.published;
  arrival.edited = object.updated;
  arrival.content = content_of(object);
  bool is_short = object.type == ObjectType::note || object.type == ObjectType::question;
  if (is_short) arrival.notice = line(text::html_to_text(object.summary), notice_characters_max);
  arrival.sensitive = object.sensitive;
  arrival.language = object.language;
  for (auto const& tag : object.tags.hashtags) {
    auto folded = text::fold_tag(tag.name);
    if (!folded.empty() && arrival.tags.size() < tags_max) arrival.tags.push_back({folded, line(tag.name, 100)});
  }
  for (auto const& attachment : object.attachments)
    if (arrival.media.size() < attachments_max && is_iri(attachment.url)) arrival.media.push_back(media_of(attachment));
  if (object.poll && !object.poll->options.empty()) arrival.poll = poll_of(*object.poll);
  arrival.emojis = emojis_of(object.tags);
  arrival.is_news = is_news;
  if (object.policy.can_quote && is_public(object.policy.can_quote->automatic))
    arrival.quote_policy = store::QuotePolicy::everyone;
  auto read = [&](db::Reader& r) {
    auto remote = store::find_remote(r, arrival.author);
    arrival.visibility = visibility_of(object, remote ? remote->followers_uri : std::string());
    add_addressed(r, context, object, arrival);
    auto parent = context.uris.find_post(r, object.in_reply_to);
    if (parent && social::may_see(r, {arrival.author}, *parent)) arrival.in_reply_to = parent->id;
    if (auto quoted = object.quote ? context.uris.find_post(r, object.quote.id) : std::nullopt) {
      arrival.quote_of = quoted->id;
      bool own = quoted->author == arrival.author;
      arrival.quote_state = own ? store::QuoteState::accepted : store::QuoteState::pending;
    }
    return true;
  };
  co_await context.db.read(read);
  co_return arrival;
}

Task<Result<PostId>> find_post(Context& context, std::string id) {
  // Upward to the root, or to what is known; then received from the top down.
  std::vector<Object> chain;
  std::optional<PostId> top;
  std::string next = std::move(id);
  while (chain.size() <= ancestors_max && !next.empty()) {
    Task<std::optional<PostId>> looking = find_known(context, next);
    top = co_await std::move(looking);
    if (top) break;
    Task<Result<Object>> fetching = fetch_object(context, next);
    Result<Object> fetched = co_await std::move(fetching);
    if (!fetched && chain.empty()) co_return fetched.error();
    if (!fetched) break;
    bool seen = std::ranges::any_of(chain, [&](Object const& object) { return object.id == fetched->id; });
    if (seen) break;
    next = fetched->in_reply_to;
    chain.push_back(std::move(*fetched));
  }
  Result<PostId> last = top ? Result<PostId>(*top) : Result<PostId>(not_found());
  for (std::size_t i = chain.size(); i-- > 0;) {
    Task<Result<Arrival>> gathering = gather_post(context, std::move(chain[i]), false);
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
