#include "federation/outbox/documents.hpp"

#include "base/encoding.hpp"
#include "federation/vocabulary/iri.hpp"
#include "store/consent.hpp"
#include "store/emoji.hpp"
#include "store/media.hpp"
#include "store/move.hpp"
#include "store/poll.hpp"
#include "store/profile_field.hpp"
#include "store/remote_thread.hpp"
#include "store/tag.hpp"
#include "text/emoji.hpp"
#include "text/plain.hpp"

namespace posy::federation {

using store::QuotePolicy;
using store::Visibility;

namespace {

constexpr std::size_t emojis_max = 100;  // in one document
// A text that is longer is told once, not again as `contentMap` and as its source: servers take documents of a mebibyte.
constexpr std::size_t long_content_bytes = 200 << 10;
// That we understand it (FEP-844e).
constexpr std::string_view rfc9421 = "https://datatracker.ietf.org/doc/html/rfc9421";

std::string picture_type(std::string const& blob) {
  if (blob.ends_with(".png")) return "image/png";
  if (blob.ends_with(".gif")) return "image/gif";
  return blob.ends_with(".webp") ? "image/webp" : "image/jpeg";
}

Image image_of(social::Site const& site, std::string const& blob, std::string const& description) {
  if (blob.empty()) return {};
  return {site.media_url(blob), picture_type(blob), description};
}

std::vector<Emoji> emojis_in(db::Reader& r, social::Site const& site, std::string_view text) {
  auto codes = text::find_shortcodes(text);
  if (codes.size() > emojis_max) codes.resize(emojis_max);
  std::vector<Emoji> out;
  for (auto const& emoji : store::emojis_by_code(r, "", codes)) out.push_back(emoji_document(site, emoji));
  return out;
}

AttachmentType attachment_type(store::MediaKind kind) {
  switch (kind) {
    case store::MediaKind::image: return AttachmentType::image;
    case store::MediaKind::gifv:
    case store::MediaKind::video: return AttachmentType::video;
    case store::MediaKind::audio: return AttachmentType::audio;
    case store::MediaKind::unknown: break;
  }
  return AttachmentType::document;
}

Attachment attachment_of(social::Site const& site, store::Media const& media) {
  Attachment out;
  // Mastodon and most others know every kind of file by its media type, and `Document` is what they send.
  out.type = media.kind == store::MediaKind::unknown ? AttachmentType::document : attachment_type(media.kind);
  out.url = site.media_url(media.blob);
  out.media_type = media.mime;
  out.description = media.description;
  if (!media.preview_blob.empty() && media.kind != store::MediaKind::image)
    out.preview_url = site.media_url(media.preview_blob);
  out.blurhash = media.blurhash;
  out.width = media.width;
  out.height = media.height;
  out.duration = media.duration;
  if (media.focus_x != 0 || media.focus_y != 0) out.focus = FocalPoint{media.focus_x, media.focus_y};
  return out;
}

InteractionPolicy policy_of(Uris const& uris, store::Post const& post, store::Account const& author) {
  InteractionPolicy policy;
  auto everybody = [] { return Permission{{std::string(public_collection)}, {}}; };
  policy.can_like = policy.can_reply = policy.can_announce = everybody();
  // Nobody but its author: an empty list would be the same as none (FEP-044f).
  Permission only_her{{uris.actor(author)}, {}};
  policy.can_quote = only_her;
  if (post.visibility == Visibility::direct || post.visibility == Visibility::followers) {
    policy.can_announce = only_her;
    return policy;
  }
  if (post.quote_policy == QuotePolicy::everyone) policy.can_quote = everybody();
  if (post.quote_policy == QuotePolicy::followers) policy.can_quote->automatic = {uris.followers(author)};
  return policy;
}

Poll poll_of(db::Reader& r, store::Poll const& poll) {
  Poll out;
  out.multiple = poll.multiple;
  for (auto const& option : store::options_of(r, {poll.id}))
    out.options.push_back({option.title, poll.hide_totals && !poll.ended ? 0 : option.votes});
  out.end_time = poll.expires_at;
  if (poll.ended) out.closed_at = poll.expires_at;
  out.closed = poll.ended;
  out.voters = poll.voters;
  return out;
}

// Everybody whom a post names, as accounts.
std::vector<store::Account> mentioned(db::Reader& r, store::Post const& post) {
  std::vector<AccountId> ids;
  for (auto const& mention : store::mentions_of(r, {post.id})) ids.push_back(mention.account);
  return store::accounts_by_id(r, ids);
}

Addressees address(Uris const& uris, store::Post const& post, store::Account const& author,
                   std::vector<store::Account> const& named) {
  Addressees out;
  auto everybody = std::string(public_collection);
  switch (post.visibility) {
    case Visibility::everyone:
      out = {{everybody}, {uris.followers(author)}};
      break;
    case Visibility::unlisted:
      out = {{uris.followers(author)}, {everybody}};
      break;
    case Visibility::followers:
      out = {{uris.followers(author)}, {}};
      break;
    case Visibility::direct:
      break;
  }
  auto& names = post.visibility == Visibility::direct ? out.to : out.cc;
  for (auto const& account : named) names.push_back(uris.actor(account));
  return out;
}

std::vector<ActorKey> keys_of(std::string const& actor, ShownKeys const& keys) {
  return {{actor + std::string(rsa_fragment), actor, KeyKind::rsa_pem, keys.rsa_pem},
          {actor + std::string(ed25519_fragment), actor, KeyKind::ed25519_multibase, keys.ed25519_multikey}};
}

store::Account author_of(db::Reader& r, store::Post const& post) {
  return store::find_account(r, post.author).value();
}

// With the stamp of the quoted author, hers or her server's, once there is one.
Quote quote_of(db::Reader& r, Uris const& uris, store::Post const& post, store::Post const& quoted) {
  auto author = author_of(r, quoted);
  Quote quote{.id = uris.post(quoted, author)};
  if (post.quote_state != store::QuoteState::accepted || quoted.author == post.author) return quote;
  if (author.is_local()) quote.authorization = uris.stamp(author, post.id);
  else if (auto stamp = store::find_stamp(r, post.id)) quote.authorization = *stamp;
  return quote;
}

// Where articles are not shown, their servers show this (FEP-b2b8).
Object preview_of(Object const& article, store::Post const& post) {
  Object note;
  note.id = article.id + "#preview";
  note.attributed_to = article.attributed_to;
  note.content = "<p><strong>" + escape_html(article.name) + "</strong></p>";
  if (!post.summary.empty()) note.content += "<p>" + escape_html(post.summary) + "</p>";
  note.content += fmt::format("<p><a href=\"{0}\">{0}</a></p>", escape_html(article.url));
  note.summary = post.notice;
  note.sensitive = post.sensitive;
  note.to = article.to;
  note.cc = article.cc;
  note.url = article.url;
  note.published = article.published;
  note.updated = article.updated;
  for (auto const& attachment : article.attachments)
    if (attachment.url == article.image.url) note.attachments = {attachment};
  return note;
}

// A title makes an article of it. Without a summary its content notice is that.
void make_article(Object& out, social::Site const& site, store::Post const& post,
                  std::vector<store::Media> const& media) {
  out.type = ObjectType::article;
  out.name = post.title;
  if (!post.summary.empty()) out.summary = post.summary;
  auto cover = std::ranges::find(media, post.cover, &store::Media::id);
  if (cover != media.end()) out.image = image_of(site, cover->blob, cover->description);
  out.preview.embedded = write_object(preview_of(out, post));
  if (out.content.size() <= long_content_bytes) return;
  out.language.clear();
  out.source.reset();
}

// The collection of the whole thread: of whoever began it, or as her server calls it. None where not everybody may see
// the first post.
std::string context_of(db::Reader& r, Uris const& uris, store::Post const& post) {
  bool is_first = post.thread == post.id;
  auto first = is_first ? std::optional(post) : store::find_post(r, post.thread);
  if (!first || first->visibility == Visibility::followers || first->visibility == Visibility::direct) return {};
  if (first->is_local) return uris.post(*first, author_of(r, *first)) + "/context";
  auto links = store::find_remote_thread(r, first->id);
  return links ? links->context : std::string();
}

}  // namespace

Moves moves_of(db::Reader& r, Uris const& uris, store::Account const& account) {
  Moves out;
  for (auto const& alias : store::aliases_of(r, account.id)) out.also_known_as.push_back(alias.uri);
  auto target = store::moved_to(r, account.id);
  if (auto there = target ? store::find_account(r, target) : std::nullopt) out.moved_to = uris.actor(*there);
  return out;
}

Emoji emoji_document(social::Site const& site, store::CustomEmoji const& emoji) {
  return {.id = site.base_url + "/emojis/" + emoji.shortcode,
          .shortcode = emoji.shortcode,
          .url = site.media_url(emoji.blob),
          .media_type = picture_type(emoji.blob),
          .updated = emoji.updated_at};
}

Actor person_document(db::Reader& r, social::Site const& site, store::Account const& account, ShownKeys const& keys,
                      Moves const& moves) {
  Uris uris(site);
  Actor actor;
  actor.id = uris.actor(account);
  actor.type = account.bot ? ActorType::service : ActorType::person;
  actor.preferred_username = account.username;
  actor.name = account.display_name.empty() ? account.username : account.display_name;
  actor.summary = account.note;
  actor.url = site.account_url(account);
  actor.inbox = actor.id + "/inbox";
  actor.outbox = actor.id + "/outbox";
  actor.followers = uris.followers(account);
  actor.following = actor.id + "/following";
  actor.featured = actor.id + "/collections/featured";
  actor.featured_tags = actor.id + "/collections/tags";
  actor.shared_inbox = uris.shared_inbox();
  actor.keys = keys_of(actor.id, keys);
  actor.icon = image_of(site, account.avatar, account.avatar_description);
  actor.image = image_of(site, account.header, account.header_description);
  actor.locked = account.locked;
  actor.discoverable = account.discoverable;
  actor.indexable = account.indexable;
  actor.memorial = account.memorial;
  actor.suspended = account.suspended_at.has_value();
  for (auto const& field : store::decode_fields(account.fields)) actor.fields.push_back({field.name, field.value});
  actor.attribution_domains = store::decode_domains(account.attribution_domains);
  actor.implements = {std::string(rfc9421)};
  actor.webfinger = account.username + "@" + site.account_domain;
  actor.also_known_as = moves.also_known_as;
  actor.moved_to = moves.moved_to;
  actor.published = account.created_at;
  actor.updated = account.updated_at;
  actor.tags.emojis = emojis_in(r, site, account.display_name + " " + account.note + " " + account.fields);
  return actor;
}

Actor server_document(social::Site const& site, ShownKeys const& keys) {
  Uris uris(site);
  Actor actor;
  actor.id = uris.server_actor();
  actor.type = ActorType::application;
  actor.preferred_username = site.host;
  actor.name = site.title;
  actor.url = site.base_url + "/about";
  actor.inbox = uris.shared_inbox();
  actor.outbox = actor.id + "/outbox";
  actor.locked = true;
  actor.keys = keys_of(actor.id, keys);
  actor.implements = {std::string(rfc9421)};
  actor.webfinger = site.host + "@" + site.account_domain;
  return actor;
}

Addressees addressees_of(db::Reader& r, social::Site const& site, store::Post const& post) {
  auto author = author_of(r, post);
  auto out = address(Uris(site), post, author, mentioned(r, post));
  if (!post.boost_of) return out;
  if (auto original = store::find_post(r, post.boost_of))
    out.cc.push_back(Uris(site).actor(author_of(r, *original)));
  return out;
}

Object post_document(db::Reader& r, social::Site const& site, store::Post const& post) {
  Uris uris(site);
  auto author = author_of(r, post);
  auto named = mentioned(r, post);
  Object out;
  out.id = uris.post(post, author);
  out.type = post.poll ? ObjectType::question : ObjectType::note;
  out.attributed_to = {uris.actor(author)};
  auto addressees = address(uris, post, author, named);
  out.to = addressees.to;
  out.cc = addressees.cc;
  out.summary = post.notice;
  out.content = post.content;
  out.language = post.language;
  out.sensitive = post.sensitive;
  out.url = site.post_url(post, author);
  out.published = post.created_at;
  out.updated = post.edited_at;
  bool markdown = post.source_type == store::SourceType::markdown;
  if (!post.source.empty()) out.source = Source{post.source, markdown ? "text/markdown" : "text/plain"};
  if (auto parent = post.in_reply_to ? store::find_post(r, post.in_reply_to) : std::nullopt)
    out.in_reply_to = uris.post(*parent, author_of(r, *parent));
  if (auto quoted = post.quote_of ? store::find_post(r, post.quote_of) : std::nullopt)
    out.quote = quote_of(r, uris, post, *quoted);
  auto const files = store::media_of(r, {post.id});
  for (auto const& media : files) out.attachments.push_back(attachment_of(site, media));
  for (auto const& account : named)
    out.tags.mentions.push_back({uris.actor(account), "@" + account.username + "@" +
                                                          (account.is_local() ? site.account_domain : account.domain)});
  for (auto const& row : store::tags_of(r, {post.id}))
    out.tags.hashtags.push_back({row.tag.display, site.tag_url(row.tag.name)});
  out.policy = policy_of(uris, post, author);
  out.replies.id = out.id + "/replies";
  out.context = context_of(r, uris, post);
  out.likes.id = out.id + "/likes";
  out.shares.id = out.id + "/shares";
  if (post.poll)
    if (auto poll = store::find_poll(r, post.poll)) out.poll = poll_of(r, *poll);
  std::string text = post.title + " " + post.content + " " + post.notice;
  if (out.poll)
    for (auto const& option : out.poll->options) text += " " + option.name;
  out.tags.emojis = emojis_in(r, site, text);
  if (!post.title.empty()) make_article(out, site, post, files);
  return out;
}

Activity activity_of(db::Reader& r, social::Site const& site, store::Post const& post) {
  Uris uris(site);
  auto author = author_of(r, post);
  if (!post.boost_of) {
    auto object = post_document(r, site, post);
    auto id = object.id + "/activity";
    return make_create(std::move(id), object);
  }
  auto original = store::find_post(r, post.boost_of).value();
  return make_announce(uris.post(post, author), uris.actor(author), uris.post(original, author_of(r, original)),
                       addressees_of(r, site, post), post.created_at);
}

}  // namespace posy::federation
