#include "federation/remote/actors.hpp"

#include <algorithm>

#include "federation/remote/emojis.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/webfinger.hpp"
#include "social/domain_holds.hpp"
#include "social/live.hpp"
#include "store/other_name.hpp"
#include "store/outgoing.hpp"
#include "store/move.hpp"
#include "store/profile_field.hpp"
#include "store/remote_file.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"
#include "text/sanitize.hpp"

namespace posy::federation {
namespace {

constexpr std::chrono::hours recent{24};
constexpr std::size_t display_name_characters_max = 200;
constexpr std::size_t picture_description_characters_max = 1500;
constexpr std::string_view jrd_types = "application/jrd+json, application/json";

Error unbelievable(std::string sentence) { return {Refusal::unprocessable, std::move(sentence)}; }

// What an actor must have before it is an account.
Result<> check(Actor const& actor) {
  if (actor.preferred_username.empty()) return unbelievable("The actor has no name");
  if (!is_same_origin(actor.id, actor.inbox)) return unbelievable("The actor's inbox is not with its server");
  for (auto const& key : actor.keys)
    if (!is_same_origin(actor.id, key.id) || key.owner != actor.id) return unbelievable("The actor's key is not its own");
  return {};
}

std::string line(std::string_view text, std::size_t characters) {
  return text::truncate(text::scrub(text), characters);
}

void fill(store::Account& account, Actor const& actor, Time now) {
  account.display_name = line(actor.name, display_name_characters_max);
  account.note = text::sanitize_html(actor.summary);
  std::vector<store::ProfileField> fields;
  for (auto const& field : actor.fields)
    fields.push_back({line(field.name, display_name_characters_max), text::sanitize_html(field.value), {}, {}});
  account.fields = store::encode_fields(fields);
  account.attribution_domains = store::encode_domains(actor.attribution_domains);
  account.locked = actor.locked;
  account.bot = actor.type == ActorType::service || actor.type == ActorType::application;
  account.discoverable = actor.discoverable;
  account.indexable = actor.indexable;
  account.memorial = actor.memorial;
  account.avatar = is_iri(actor.icon.url) ? social::mark_of(actor.icon.url) : "";
  account.header = is_iri(actor.image.url) ? social::mark_of(actor.image.url) : "";
  account.avatar_description = line(actor.icon.description, picture_description_characters_max);
  account.header_description = line(actor.image.description, picture_description_characters_max);
  account.updated_at = now;
}

// Copies of pictures that she does not have any more.
void drop_old_pictures(db::Writer& w, store::Account const& before, store::Account const& account) {
  using store::RemoteFileKind;
  if (before.avatar != account.avatar) store::drop_remote_file(w, RemoteFileKind::avatar, account.id.value);
  if (before.header != account.header) store::drop_remote_file(w, RemoteFileKind::header, account.id.value);
}

std::vector<store::RemoteKey> keys_of(Actor const& actor, AccountId account) {
  std::vector<store::RemoteKey> out;
  for (auto const& key : actor.keys) {
    auto kind = key.kind == KeyKind::rsa_pem ? store::KeyKind::rsa_pem : store::KeyKind::ed25519_multibase;
    out.push_back({key.id, account, kind, key.material});
  }
  return out;
}

Task<Result<WebFinger>> ask_webfinger(Context& context, std::string handle, Errand* errand = nullptr) {
  // It becomes a part of an address.
  if (handle.find_first_of("&#/?%\\\"<> ") != handle.npos) co_return unbelievable("The handle is none");
  auto at = handle.find('@');
  std::string_view scheme = context.site.base_url.starts_with("http://") ? "http" : "https";
  auto url = fmt::format("{}://{}/.well-known/webfinger?resource=acct:{}", scheme, handle.substr(at + 1), handle);
  Task<Result<boost::json::object>> fetching = fetch_json(context, std::move(url), std::string(jrd_types), errand);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) co_return document.error();
  co_return read_webfinger(*document);
}

// The domain behind the @: the one that a WebFinger of both sides agrees on (Mastodon's WEB_DOMAIN), or the host.
Task<Result<std::string>> find_domain(Context& context, Actor const& actor, Errand* errand) {
  auto host = host_of(actor.id);
  auto handle = actor.webfinger.empty() ? actor.preferred_username + "@" + host : actor.webfinger;
  for (int hop = 0; hop < 2; ++hop) {
    Task<Result<WebFinger>> asking = ask_webfinger(context, handle, errand);
    Result<WebFinger> found = co_await std::move(asking);
    if (!found) co_return found.error();
    if (found->actor != actor.id) co_return unbelievable("WebFinger names another actor");
    auto said = account_of(found->subject);
    if (said.empty()) co_return unbelievable("WebFinger names no account");
    // Else the name of one actor could be kept for another.
    auto name = said.substr(0, said.find('@'));
    if (text::fold_username(name) != text::fold_username(actor.preferred_username))
      co_return unbelievable("WebFinger gives the actor another name");
    if (text::fold_username(said) == text::fold_username(handle)) co_return said.substr(said.find('@') + 1);
    handle = said;  // the other domain must say so itself
  }
  co_return unbelievable("WebFinger does not come to an end");
}

struct Known {
  std::optional<store::Account> account;
  bool is_recent = false;
};

Known look_up(db::Reader& r, Context& context, std::string const& id) {
  Known known{.account = context.uris.find_account(r, id)};
  if (!known.account) return known;
  if (known.account->is_local()) return {known.account, true};
  auto remote = store::find_remote(r, known.account->id);
  known.is_recent = remote && remote->handle_checked && remote->fetched_at > r.now() - recent;
  return known;
}

void keep_keys(db::Writer& w, AccountId account, std::vector<store::RemoteKey> keys) {
  std::ranges::sort(keys, {}, &store::RemoteKey::uri);
  auto same = [](auto const& a, auto const& b) {
    return a.uri == b.uri && a.kind == b.kind && a.material == b.material;
  };
  if (std::ranges::equal(store::remote_keys_of(w, account), keys, same)) return;
  store::put_remote_keys(w, account, keys);
  std::string ids;
  for (auto const& key : keys) ids += key.uri + "\n";
  social::tell(w, social::Live::keys_changed, account.value, 0, 0, std::move(ids));
}

// What stands behind the @, and whether her server was asked.
struct Domain {
  std::string name;
  bool is_checked = false;
};

AccountId keep_actor(db::Writer& w, Actor const& actor, Domain const& domain) {
  auto known = store::find_account_by_uri(w, actor.id);
  if (known && domain.is_checked && known->domain != domain.name) store::set_domain(w, known->id, domain.name);
  // Whoever had this handle before has moved to another id: her server has said so.
  if (!known) known = store::find_account(w, actor.preferred_username, domain.name);
  if (known && known->uri != actor.id && !domain.is_checked)
    refuse(Refusal::unavailable, "Somebody else came by this handle at the same moment");
  store::Account account = known.value_or(store::Account{});
  fill(account, actor, w.now());
  if (known) {
    store::update_account(w, account);
    drop_old_pictures(w, *known, account);
    store::set_uri(w, account.id, actor.id, actor.url.empty() ? actor.id : actor.url);
  } else {
    account.id = w.make_id<AccountId>();
    account.username = actor.preferred_username;
    account.username_key = text::fold_username(actor.preferred_username);
    account.domain = domain.name;
    account.uri = actor.id;
    if (!actor.url.empty()) account.url = actor.url;
    account.created_at = std::min(actor.published.value_or(w.now()), w.now());
    store::insert_account(w, account);
  }
  // She is asked for by the host of her id too; it is hers, as her server has said there who she is.
  auto host = host_of(actor.id);
  if (domain.is_checked && domain.name != host) store::put_other_handle(w, account, host);
  store::RemoteAccount remote{.account = account.id,
                              .inbox = actor.inbox,
                              .outbox = actor.outbox,
                              .followers_uri = actor.followers,
                              .featured_uri = actor.featured,
                              .avatar_url = actor.icon.url,
                              .header_url = actor.image.url,
                              .fetched_at = w.now(),
                              .moved_uri = actor.moved_to,
                              .handle_checked = domain.is_checked};
  if (is_same_origin(actor.shared_inbox, actor.id)) remote.shared_inbox = actor.shared_inbox;
  for (auto const& alias : actor.also_known_as) remote.also_known_as += alias + "\n";
  store::put_remote(w, remote);
  store::revive_inbox(w, remote.inbox);
  store::revive_inbox(w, remote.best_inbox());
  keep_keys(w, account.id, keys_of(actor, account.id));
  social::keep_emojis(w, account.domain, emojis_of(actor.tags));
  social::tell(w, social::Live::account_changed, account.id.value);
  return account.id;
}

// Where she says that she has moved to, if that account is known here and says so too.
AccountId find_new_account(db::Reader& r, Uris const& uris, Actor const& actor) {
  if (actor.moved_to.empty() || actor.moved_to == actor.id) return {};
  auto target = uris.find_account(r, actor.moved_to);
  return target && store::is_known_as(r, *target, actor.id) ? target->id : AccountId{};
}

// Somebody new whose handle another one has may only be who WebFinger says that she is.
struct Before {
  std::optional<Domain> domain;  // of the account, when it is known
  bool is_taken = false;
};

Before before(db::Reader& r, Actor const& actor) {
  if (auto account = store::find_account_by_uri(r, actor.id)) {
    auto remote = store::find_remote(r, account->id);
    return {Domain{account->domain, !remote || remote->handle_checked}, false};
  }
  return {{}, store::find_account(r, actor.preferred_username, host_of(actor.id)).has_value()};
}

Task<Result<Domain>> settle_domain(Context& context, Actor const& actor, Handle handle, Errand* errand) {
  auto find = [&](db::Reader& r) { return before(r, actor); };
  Before known = co_await context.db.read(find);
  bool may_wait = handle == Handle::as_it_says && !known.is_taken;
  if (known.domain && (known.domain->is_checked || may_wait)) co_return *known.domain;
  if (may_wait) co_return Domain{host_of(actor.id), false};
  Task<Result<std::string>> finding = find_domain(context, actor, errand);
  Result<std::string> found = co_await std::move(finding);
  if (found) co_return Domain{*found, true};
  if (!known.domain) co_return found.error();
  // She stays who she is here; her server is asked again only if it did not answer.
  co_return Domain{known.domain->name, found.error().refusal != Refusal::unavailable};
}

}  // namespace

Task<Result<FetchedActor>> fetch_actor(Context& context, std::string id, Alias alias, Errand* errand) {
  Task<Result<boost::json::object>> fetching = fetch_document(context, id, errand);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) co_return document.error();
  if (alias == Alias::refused && id_of(*document) != id) co_return unbelievable("The actor has another id");
  Task<Result<FetchedActor>> keeping = keep_fetched(context, std::move(*document), Handle::checked, errand);
  co_return co_await std::move(keeping);
}

Task<Result<FetchedActor>> keep_fetched(Context& context, boost::json::object document, Handle handle,
                                        Errand* errand) {
  auto actor = read_actor(document);
  if (!actor) co_return actor.error();
  if (auto good = check(*actor); !good) co_return good.error();
  Task<Result<Domain>> settling = settle_domain(context, *actor, handle, errand);
  Result<Domain> domain = co_await std::move(settling);
  if (!domain) co_return domain.error();
  if (domain->name == context.site.account_domain || domain->name == context.site.host)
    co_return unbelievable("The actor claims to be of this server");
  auto rules = context.rules.all();
  bool drops_media = social::rule_for(*rules, {AccountId{}, domain->name, actor->id}).reject_media;
  if (drops_media) actor->icon = actor->image = {};
  if (drops_media) actor->tags.emojis.clear();
  auto keep = [&](db::Writer& w) {
    auto kept = keep_actor(w, *actor, *domain);
    if (auto target = find_new_account(w, context.uris, *actor)) store::set_moved_to(w, kept, target);
    social::hold_newcomer(w, *rules, kept);
    return kept;
  };
  AccountId account = co_await context.db.write(keep);
  co_return FetchedActor{account, std::move(*actor)};
}

Task<Result<AccountId>> find_actor(Context& context, std::string id, Freshness freshness, Alias alias, Errand* errand) {
  if (auto fragment = id.find('#'); fragment != id.npos) id.resize(fragment);
  auto look = [&](db::Reader& r) { return look_up(r, context, id); };
  Known known = co_await context.db.read(look);
  if (known.account && (freshness == Freshness::known || known.account->is_local() ||
                        (freshness == Freshness::recent && known.is_recent)))
    co_return known.account->id;
  Task<Result<FetchedActor>> fetching = fetch_actor(context, id, alias, errand);
  Result<FetchedActor> fetched = co_await std::move(fetching);
  if (fetched) co_return fetched->account;
  bool must_be_new = !known.account || freshness == Freshness::now;
  if (must_be_new || fetched.error().refusal == Refusal::gone) co_return fetched.error();
  co_return known.account->id;
}

Task<Result<AccountId>> find_handle(Context& context, std::string handle) {
  auto at = handle.find('@');
  if (at == handle.npos || at == 0) co_return not_found();
  auto name = handle.substr(0, at);
  auto port = handle.find(':', at);
  auto domain = text::to_ascii_domain(handle.substr(at + 1, port == handle.npos ? port : port - at - 1));
  if (!domain) co_return not_found();
  if (port != handle.npos) *domain += handle.substr(port);
  if (*domain == context.site.account_domain || *domain == context.site.host) domain = "";
  auto find = [&](db::Reader& r) {
    auto account = store::find_account(r, name, *domain);
    return account ? account : store::find_account_by_other_handle(r, name, *domain);
  };
  std::optional<store::Account> known = co_await context.db.read(find);
  if (known) co_return known->id;
  if (domain->empty()) co_return not_found();
  Task<Result<WebFinger>> asking = ask_webfinger(context, name + "@" + *domain);
  Result<WebFinger> found = co_await std::move(asking);
  if (!found) co_return found.error();
  Task<Result<AccountId>> finding = find_actor(context, found->actor, Freshness::recent);
  Result<AccountId> account = co_await std::move(finding);
  if (!account) co_return account;
  // She was known before by the domain behind her @ alone.
  auto put_name = [&](db::Writer& w) {
    auto kept = store::find_account(w, *account);
    bool const is_her_host = kept && kept->uri && host_of(*kept->uri) == *domain && kept->domain != *domain;
    if (is_her_host && kept->username_key == text::fold_username(name)) store::put_other_handle(w, *kept, *domain);
  };
  co_await context.db.write(put_name);
  co_return account;
}

}  // namespace posy::federation
