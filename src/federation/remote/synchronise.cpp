#include "federation/remote/synchronise.hpp"

#include <algorithm>
#include <set>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/digest.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/reference.hpp"
#include "social/synchronise.hpp"
#include "store/remote.hpp"
#include "store/remote_profile.hpp"

namespace posy::federation {
namespace {

constexpr std::size_t header_bytes_max = 8192;
constexpr std::size_t digest_bytes = 32;
constexpr int pages_max = 10;  // of a partial collection
constexpr Manners manners{.requests = 12, .per_host = 12};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

bool is_digest(std::string_view text) {
  auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == digest_bytes * 2 && std::ranges::all_of(text, is_hex);
}

// All ids of the collection at `url`; nothing unless it could be read to its end, for who is missing loses her follow.
Task<std::optional<std::set<std::string>>> fetch_all(Context& context, std::string url) {
  constexpr std::size_t most = synchronised_max + 1;
  Errand errand(manners);
  std::set<std::string> ids, seen;
  std::string next = url;
  for (int page = 0; page < pages_max && !next.empty(); ++page) {
    if (!is_same_origin(next, url) || !seen.insert(next).second) co_return std::nullopt;
    Task<Result<boost::json::object>> fetching = fetch_document(context, next, &errand);
    Result<boost::json::object> document = co_await std::move(fetching);
    if (!document || id_of(*document) != next) co_return std::nullopt;
    auto take = [&](boost::json::object const& part) {
      for (auto name : {"items", "orderedItems"})
        for (auto& id : read_ids(part, name, most)) ids.insert(std::move(id));
    };
    take(*document);
    std::string after = read_id(*document, "next");
    if (auto const* first = find_object(*document, "first"); first && page == 0) {
      take(*first);
      after = read_id(*first, "next");
    } else if (page == 0 && after.empty()) {
      after = read_id(*document, "first");
    }
    if (ids.size() >= most) co_return std::nullopt;
    next = std::move(after);
  }
  if (!next.empty()) co_return std::nullopt;
  co_return ids;
}

struct Ours {
  AccountId actor;
  std::vector<AccountId> followers;
  std::string digest;
};

// Nothing when it is not her collection, when both agree, or when there are too many.
std::optional<Ours> find_difference(db::Reader& r, Context& context, std::string const& actor,
                                    Synchronisation const& said) {
  auto account = store::find_account_by_uri(r, actor);
  auto remote = account ? store::find_remote(r, account->id) : std::nullopt;
  if (!remote || remote->followers_uri != said.collection) return {};
  auto accounts = store::local_followers(r, account->id, synchronised_max + 1);
  if (accounts.size() > static_cast<std::size_t>(synchronised_max)) return {};
  Ours ours{.actor = account->id, .followers = {}, .digest = {}};
  std::vector<std::string> ids;
  for (auto const& follower : accounts) {
    ours.followers.push_back(follower.id);
    ids.push_back(context.uris.actor(follower));
  }
  ours.digest = digest_of(ids);
  if (ours.digest == said.digest) return {};
  return ours;
}

}  // namespace

std::optional<Synchronisation> read_synchronisation(std::string_view header) {
  if (header.size() > header_bytes_max) return {};
  Synchronisation out;
  while (!(header = trimmed(header)).empty()) {
    auto equals = header.find("=\"");
    if (equals == header.npos) return {};
    auto name = trimmed(header.substr(0, equals));
    header.remove_prefix(equals + 2);
    auto end = header.find('"');
    if (end == header.npos) return {};
    auto value = header.substr(0, end);
    header = trimmed(header.substr(end + 1));
    if (!header.empty() && !header.starts_with(',')) return {};
    if (!header.empty()) header.remove_prefix(1);
    auto* member = name == "collectionId" ? &out.collection
                   : name == "url"        ? &out.url
                   : name == "digest"     ? &out.digest
                                          : nullptr;
    if (!member) continue;
    if (!member->empty()) return {};  // twice
    *member = value;
  }
  if (!is_iri(out.collection) || !is_iri(out.url) || !is_digest(out.digest)) return {};
  return out;
}

std::string write_synchronisation(Synchronisation const& s) {
  return fmt::format(R"(collectionId="{}", url="{}", digest="{}")", s.collection, s.url, s.digest);
}

std::string digest_of(std::vector<std::string> const& ids) {
  std::string sum(digest_bytes, '\0');
  for (auto const& id : ids) {
    auto one = crypto::sha256(id);
    for (std::size_t i = 0; i < digest_bytes; ++i) sum[i] = static_cast<char>(sum[i] ^ one[i]);
  }
  return to_hex(sum);
}

std::optional<std::string> synchronisation_for(db::Reader& r, Context const& context, store::Account const& sender,
                                               PostId post, std::string_view inbox) {
  auto sent = post ? store::find_post(r, post) : std::nullopt;
  if (!sent || sent->visibility != store::Visibility::followers) return {};
  auto followers = context.uris.followers(sender);
  auto ids = store::follower_uris_at(r, sender.id, origin_of(inbox), synchronised_max + 1);
  if (ids.size() > static_cast<std::size_t>(synchronised_max)) return {};
  auto url = context.uris.actor(sender) + "/followers_synchronization";
  return write_synchronisation({followers, url, digest_of(ids)});
}

bool covers_synchronisation(signatures::Claim const& claim, std::string_view header) {
  auto value = std::string(trimmed(header));
  for (auto line : {"collection-synchronization: " + value, "\"collection-synchronization\": " + value}) {
    auto at = claim.base.find(line);
    if (at == claim.base.npos || (at > 0 && claim.base[at - 1] != '\n')) continue;
    auto end = at + line.size();
    if (end == claim.base.size() || claim.base[end] == '\n') return true;
  }
  return false;
}

Task<> synchronise(Context& context, std::string actor, Synchronisation said) {
  if (!is_same_origin(said.url, actor) || context.uris.is_ours(actor)) co_return;
  auto compare = [&](db::Reader& r) { return find_difference(r, context, actor, said); };
  std::optional<Ours> ours = co_await context.db.read(compare);
  if (!ours || !context.synchronised.claim(ours->actor.value, context.steady.now())) co_return;
  Task<std::optional<std::set<std::string>>> fetching = fetch_all(context, said.url);
  std::optional<std::set<std::string>> ids = co_await std::move(fetching);
  if (!ids) co_return;
  log::info("the followers of {} here are not those that her server knows: taking its list", actor);
  auto repair = [&](db::Writer& w) {
    std::vector<AccountId> listed;
    for (auto const& id : *ids) {
      auto account = context.uris.is_ours(id) ? context.uris.find_account(w, id) : std::nullopt;
      if (account && !account->suspended_at) listed.push_back(account->id);
    }
    social::reconcile_followers(w, ours->actor, listed, ours->followers);
  };
  co_await context.db.write(repair);
}

}  // namespace posy::federation
