#include "federation/remote/lookup.hpp"

#include "base/log.hpp"
#include "federation/remote/actors.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/kinds.hpp"
#include "federation/vocabulary/reference.hpp"
#include "store/other_name.hpp"

namespace posy::federation {
namespace {

bool is_known(db::Reader& r, Context& context, std::string const& address) {
  return context.uris.find_account(r, address) || context.uris.find_post(r, address) ||
         store::find_page_of(r, address);
}

// A document may be of a person, of a post, or tell that a post was written.
Task<Result<store::PageOf>> keep(Context& context, boost::json::object document, Errand& errand) {
  auto kind = kind_of(document);
  if (kind == DocumentKind::actor) {
    Task<Result<FetchedActor>> keeping = keep_fetched(context, std::move(document), Handle::checked, &errand);
    Result<FetchedActor> kept = co_await std::move(keeping);
    if (!kept) co_return kept.error();
    co_return store::PageOf{kept->account, {}};
  }
  auto id = id_of(document);
  if (kind == DocumentKind::activity) {
    auto activity = read_activity(document);
    if (!activity) co_return activity.error();
    if (activity->type != ActivityType::create) co_return not_found();
    id = activity->object.id;
  }
  Task<Result<PostId>> finding = find_post(context, std::move(id), &errand);
  Result<PostId> post = co_await std::move(finding);
  if (!post) co_return post.error();
  co_return store::PageOf{{}, *post};
}

Task<Result<>> look_up_address(Context& context, std::string address) {
  if (context.uris.is_ours(address)) co_return Result<>{};
  auto ask = [&](db::Reader& r) { return is_known(r, context, address); };
  bool const known = co_await context.db.read(ask);
  if (known) co_return Result<>{};
  Errand errand;
  Task<Result<boost::json::object>> fetching = fetch_behind_page(context, address, errand);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) co_return document.error();
  bool const is_alias = id_of(*document) != address;
  Task<Result<store::PageOf>> keeping = keep(context, std::move(*document), errand);
  Result<store::PageOf> found = co_await std::move(keeping);
  if (!found) co_return found.error();
  auto name = [&](db::Writer& w) { store::put_page_of(w, address, *found); };
  if (is_alias) co_await context.db.write(name);
  co_return Result<>{};
}

Task<Result<>> look_up_handle(Context& context, std::string handle) {
  Task<Result<AccountId>> finding = find_handle(context, std::move(handle));
  Result<AccountId> found = co_await std::move(finding);
  if (!found) co_return found.error();
  co_return Result<>{};
}

}  // namespace

Task<> look_up(Context& context, std::string what) {
  while (what.ends_with(' ')) what.pop_back();
  what.erase(0, std::min(what.find_first_not_of(' '), what.size()));
  Task<Result<>> looking = is_iri(what) ? look_up_address(context, what) : look_up_handle(context, what);
  Result<> done = co_await std::move(looking);
  if (!done) log::debug("looking up {}: {}", what, done.error().message);
}

}  // namespace posy::federation
