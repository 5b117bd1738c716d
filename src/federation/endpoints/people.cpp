// The server, its people and their collections, as documents.
#include "federation/endpoints/answers.hpp"
#include "federation/outbox/documents.hpp"
#include "federation/vocabulary/collection.hpp"
#include "federation/vocabulary/context.hpp"
#include "store/closed_account.hpp"
#include "store/emoji.hpp"
#include "store/interaction.hpp"
#include "text/normalize.hpp"

namespace posy::federation {

using store::Account;
using store::Post;

namespace {

constexpr int page_items = 20;
constexpr int featured_max = 100;

// What is left of somebody who closed her account.
std::optional<Made> tombstone_of(db::Reader& r, Asked const& asked) {
  auto account = store::find_account(r, text::fold_username(asked.request.path_param("name")), "");
  auto closed = account && account->suspended_at ? store::find_closed(r, account->id) : std::nullopt;
  if (!closed) return {};
  asked.shows.add(account->id);
  Tombstone shown{.id = asked.context.uris.actor(*account), .former_type = "Person", .deleted = closed->closed_at};
  return Made{document(write_tombstone_document(shown), 410)};
}

}  // namespace

Account load_person(db::Reader& r, Asked const& asked) {
  auto account = store::find_account(r, text::fold_username(asked.request.path_param("name")), "");
  if (!account) refuse(Refusal::not_found, not_found().message);
  asked.shows.add(account->id);
  if (account->suspended_at) refuse(Refusal::gone, "This account has been suspended");
  return *account;
}

Made server_actor(db::Reader& r, Asked const& asked) {
  auto key = store::find_signing_key(r, store::server_owner);
  if (!key) refuse(Refusal::unavailable, "The keys of this server are being made. Please try again in a moment.");
  return {document(write_actor_document(server_document(asked.context.site, {key->rsa_public, key->ed25519_public})))};
}

Made person(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  if (auto left = tombstone_of(r, asked)) return std::move(*left);
  auto account = load_person(r, asked);
  auto key = store::find_signing_key(r, account.id.value);
  if (!key) return {{}, serving::Keep::no};
  ShownKeys keys{key->rsa_public, key->ed25519_public};
  auto moves = moves_of(r, context.uris, account);
  return {document(write_actor_document(person_document(r, context.site, account, keys, moves)))};
}

Made emoji(db::Reader& r, Asked const& asked) {
  auto found = store::emojis_by_code(r, "", std::vector{std::string(asked.request.path_param("code"))});
  if (found.empty()) refuse(Refusal::not_found, not_found().message);
  auto tags = write_tags({.emojis = {emoji_document(asked.context.site, found.front())}});
  return {document(with_context(ContextKind::object, std::move(tags.front().as_object())))};
}

Made outbox(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  auto account = load_person(r, asked);
  Collection out{.id = context.uris.actor(account) + "/outbox", .attributed_to = context.uris.actor(account)};
  auto const* before = asked.request.params.if_contains("before");
  if (!before) {
    out.total_items = store::account_stats(r, {account.id}).at(0).posts;
    out.first.id = out.id + "?before=9223372036854775807";
    return {document(write_collection_document(out))};
  }
  auto bound = before->is_string() ? parse_id(std::string_view(before->get_string())) : std::nullopt;
  if (!bound) refuse(Refusal::bad_request, "The parameter before is no id");
  auto rows = r.all<Post>(R"sql(
      select :row from post where author = $1 and visibility <= 1 and id < $2 order by id desc limit $3
  )sql",
                          account.id, *bound, page_items);
  out.part_of = out.id;
  out.id += fmt::format("?before={}", *bound);
  out.is_page = true;
  for (auto const& row : rows) {
    note(asked.shows, row);
    out.items.push_back({{}, write_activity(activity_of(r, context.site, row))});
  }
  if (static_cast<int>(rows.size()) == page_items)
    out.next = fmt::format("{}?before={}", out.part_of, rows.back().id.str());
  return {document(write_collection_document(out))};
}

Made featured(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  auto account = load_person(r, asked);
  auto rows = r.all<Post>(R"sql(
      select :row(p) from pin n join post p on p.id = n.post
      where n.account = $1 and p.visibility <= 1 order by n.post desc limit $2
  )sql",
                          account.id, featured_max);
  Collection out{.id = context.uris.actor(account) + "/collections/featured"};
  out.attributed_to = context.uris.actor(account);
  out.total_items = std::ssize(rows);
  for (auto const& row : rows) {
    note(asked.shows, row);
    out.items.push_back({{}, write_object(post_document(r, context.site, row))});
  }
  return {document(write_collection_document(out))};
}

}  // namespace posy::federation
