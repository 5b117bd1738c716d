// One post, and what is known of it, as documents.
#include "federation/endpoints/answers.hpp"
#include "federation/outbox/documents.hpp"
#include "federation/vocabulary/collection.hpp"
#include "store/essay_slug.hpp"
#include "store/interaction.hpp"
#include "store/tombstone.hpp"

namespace posy::federation {

using store::Account;
using store::Post;
using store::Visibility;

bool is_for_everybody(Post const& post) {
  return post.visibility == Visibility::everyone || post.visibility == Visibility::unlisted;
}

void note(Shows& shows, Post const& post) {
  shows.add(post.id);
  shows.add(post.author);
  for (auto id : {post.boost_of, post.quote_of, post.in_reply_to, post.thread})
    if (id) shows.add(id);
}

namespace {

std::optional<Post> find_asked(db::Reader& r, Asked const& asked, Account const& author) {
  auto id = parse_id(asked.request.path_param("id"));
  if (!id) return {};
  asked.shows.add(PostId{*id});
  auto post = store::find_post(r, PostId{*id});
  return post && post->author == author.id ? post : std::nullopt;
}

std::optional<store::Tombstone> find_tombstone(db::Reader& r, Asked const& asked, Account const& author) {
  auto id = parse_id(asked.request.path_param("id"));
  auto tombstone = id ? store::find_tombstone(r, PostId{*id}) : std::nullopt;
  if (!tombstone || tombstone->author != author.id || tombstone->visibility > Visibility::unlisted) return {};
  return tombstone;
}

http::Response document_of(db::Reader& r, Context const& context, Post const& post) {
  if (post.boost_of) return document(write_activity_document(activity_of(r, context.site, post)));
  return document(write_object_document(post_document(r, context.site, post)));
}

}  // namespace

Post load_post(db::Reader& r, Asked const& asked, Account const& author, social::Viewer viewer) {
  auto post = find_asked(r, asked, author);
  if (!post || !social::may_see(r, viewer, *post)) refuse(Refusal::not_found, not_found().message);
  note(asked.shows, *post);
  return *post;
}

Made post(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  auto author = load_person(r, asked);
  auto found = find_asked(r, asked, author);
  if (found && !is_for_everybody(*found)) return {{}, serving::Keep::not_for_all};
  if (auto left = found ? std::nullopt : find_tombstone(r, asked, author)) {
    Tombstone shown{.id = fmt::format("{}/statuses/{}", context.uris.actor(author), left->post.str()),
                    .former_type = "Note",
                    .deleted = left->deleted_at};
    return {document(write_tombstone_document(shown), 410)};
  }
  return {document_of(r, context, load_post(r, asked, author))};
}

Made essay(db::Reader& r, Asked const& asked) {
  auto author = load_person(r, asked);
  auto slug = store::find_slug(r, author.id, asked.request.path_param("slug"));
  if (!slug) refuse(Refusal::not_found, not_found().message);
  asked.shows.add(slug->post);
  auto response = http::redirect(302, "/users/" + author.username + "/statuses/" + slug->post.str());
  response.headers.add("Vary", "Accept");
  return {std::move(response)};
}

http::Response post_for(db::Reader& r, Asked const& asked, social::Viewer viewer) {
  return document_of(r, asked.context, load_post(r, asked, load_person(r, asked), viewer));
}

Made post_activity(db::Reader& r, Asked const& asked) {
  auto found = load_post(r, asked, load_person(r, asked));
  return {document(write_activity_document(activity_of(r, asked.context.site, found)))};
}

// There as long as she lets the post quote hers.
Made stamp(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  auto author = load_person(r, asked);
  auto id = parse_id(asked.request.path_param("id"));
  if (id) asked.shows.add(PostId{*id});
  auto quote = id ? store::find_post(r, PostId{*id}) : std::nullopt;
  auto quoted = quote && quote->quote_of ? store::find_post(r, quote->quote_of) : std::nullopt;
  if (quoted) asked.shows.add(quoted->id);
  bool stands = quoted && quoted->author == author.id && quote->quote_state == store::QuoteState::accepted &&
                is_for_everybody(*quoted);
  auto quoting = stands ? store::find_account(r, quote->author) : std::nullopt;
  if (!quoting) refuse(Refusal::not_found, not_found().message);
  Authorization authorization{.type = AuthorizationType::quote,
                              .id = context.uris.stamp(author, quote->id),
                              .attributed_to = context.uris.actor(author),
                              .interacting_object = context.uris.post(*quote, *quoting),
                              .interaction_target = context.uris.post(*quoted, author)};
  return {document(write_authorization(authorization))};
}

}  // namespace posy::federation
