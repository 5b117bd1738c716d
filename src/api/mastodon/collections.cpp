// Collections of accounts that somebody recommends. (docs.joinmastodon.org/methods/collections)
#include "social/collections.hpp"

#include "api/entities/validation_error.hpp"
#include "api/mastodon/offset_paging.hpp"
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/collection.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::CollectionId;
using store::CollectionItemId;

struct CollectionParams {
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<std::string> language;
  std::optional<std::string> tag_name;
  std::optional<bool> sensitive;
  std::optional<bool> discoverable;
  std::vector<AccountId> account_ids;  // when it is made
};
BOOST_DESCRIBE_STRUCT(CollectionParams, (),
                      (name, description, language, tag_name, sensitive, discoverable, account_ids))

struct ItemParams {
  std::optional<AccountId> account_id;
};
BOOST_DESCRIBE_STRUCT(ItemParams, (), (account_id))

social::CollectionChange make_change(CollectionParams const& params) {
  return {params.name,     params.description, params.language,
          params.tag_name, params.sensitive,   params.discoverable};
}

// Documented like this, an error within an error.
struct NestedError {
  entities::ValidationError error;
};
BOOST_DESCRIBE_STRUCT(NestedError, (), (error))

http::Response refusal(std::vector<social::Complaint> const& complaints) {
  return http::json(json::to_json(NestedError{make_validation_error(complaints)}), 422);
}

entities::Collection make_one(Api& api, db::Reader& r, social::Viewer viewer, store::Collection const& row) {
  return make_collections(r, api.site, viewer, {row}).front();
}

Task<http::Response> answer(Api& api, Request const& request, store::Collection const& row) {
  auto load = [&](db::Reader& r) {
    return json::to_json(entities::WrappedCollection{make_one(api, r, request.viewer(), row)});
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<CollectionParams>();
  auto change = make_change(params);
  auto complaints = social::check_new_collection(change);
  if (!complaints.empty()) co_return refusal(complaints);
  auto act = [&](db::Writer& w) {
    return social::create_collection(w, request.account(), change, params.account_ids);
  };
  store::Collection row = co_await api.db.write(act);
  http::Response response = co_await answer(api, request, row);
  co_return response;
}

Task<http::Response> update(Api& api, Request const& request) {
  auto id = request.id<CollectionId>("id").value();
  auto change = make_change(request.read<CollectionParams>());
  auto complaints = social::check_collection(change);
  if (!complaints.empty()) {
    // Whose it is comes before what is wrong.
    auto own = [&](db::Reader& r) { return social::load_own_collection(r, request.account(), id); };
    co_await api.db.read(own);
    co_return refusal(complaints);
  }
  auto act = [&](db::Writer& w) { return social::change_collection(w, request.account(), id, change); };
  store::Collection row = co_await api.db.write(act);
  http::Response response = co_await answer(api, request, row);
  co_return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<CollectionId>("id").value();
  auto load = [&](db::Reader& r) {
    auto row = social::load_collection(r, request.viewer(), id);
    entities::CollectionWithAccounts out;
    out.collection = make_one(api, r, request.viewer(), row);
    std::vector<AccountId> people{row.account};
    for (auto const& item : store::collection_items(r, request.account(), {id}))
      if (item.account != row.account) people.push_back(item.account);
    out.accounts = json::Raw{api.render.accounts(r, people)};
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<CollectionId>("id").value();
  auto act = [&](db::Writer& w) { social::delete_collection(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> add_item(Api& api, Request const& request) {
  auto id = request.id<CollectionId>("id").value();
  auto member = request.read<ItemParams>().account_id;
  if (!member) refuse(Refusal::unprocessable, "`account_id` parameter is missing");
  auto act = [&](db::Writer& w) { return social::add_to_collection(w, request.account(), id, *member); };
  store::CollectionItem item = co_await api.db.write(act);
  entities::WrappedCollectionItem out{make_collection_item(item)};
  co_return http::json(json::to_json(out));
}

using ItemVerb = void (*)(db::Writer&, AccountId, CollectionId, CollectionItemId);

template <ItemVerb verb>
Task<http::Response> on_item(Api& api, Request const& request) {
  auto id = request.id<CollectionId>("id").value();
  auto item = request.id<CollectionItemId>("item").value();
  auto act = [&](db::Writer& w) { verb(w, request.account(), id, item); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

struct Shown {
  std::string body;
  std::size_t count = 0;
};

Shown show_page(Api& api, db::Reader& r, social::Viewer viewer, std::vector<store::Collection> const& rows) {
  return {json::to_json(entities::Collections{make_collections(r, api.site, viewer, rows)}), rows.size()};
}

Task<http::Response> of_account(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto page = read_offset_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    auto rows = social::profile_collections(r, request.viewer(), id, page.limit, page.offset);
    return show_page(api, r, request.viewer(), rows);
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_offset_links(response, api, request, page, shown.count);
  co_return response;
}

// For oneself only: who recommends whom in unlisted collections is nobody else's business.
Task<http::Response> with_account(Api& api, Request const& request) {
  auto id = request.id<AccountId>("id").value();
  auto page = read_offset_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    if (!store::find_account(r, id)) refuse(Refusal::not_found, not_found().message);
    if (id != request.account()) refuse(Refusal::forbidden, forbidden().message);
    return show_page(api, r, request.viewer(), store::collections_with(r, id, page.limit, page.offset));
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_offset_links(response, api, request, page, shown.count);
  co_return response;
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/collections", Scope::write_collections, create},
    {Method::get, "/api/v1/collections/:id", visitors_or(Scope::read_collections), show},
    {Method::patch, "/api/v1/collections/:id", Scope::write_collections, update},
    {Method::delete_, "/api/v1/collections/:id", Scope::write_collections, remove},
    {Method::post, "/api/v1/collections/:id/items", Scope::write_collections, add_item},
    {Method::delete_, "/api/v1/collections/:id/items/:item", Scope::write_collections,
     on_item<social::remove_from_collection>},
    {Method::post, "/api/v1/collections/:id/items/:item/revoke", Scope::write_collections,
     on_item<social::leave_collection>},
    {Method::get, "/api/v1/accounts/:id/collections", visitors_or(Scope::read_collections), of_account},
    {Method::get, "/api/v1/accounts/:id/in_collections", Scope::read_collections, with_account},
};

}  // namespace

std::span<Route const> collections_routes() {
  return routes;
}

}  // namespace posy::api
