// Filters in their old form, for old clients: each keyword of a filter is one.
// (docs.joinmastodon.org/methods/ filters, "Server-side V1")
#include <algorithm>

#include "api/mastodon/routes.hpp"
#include "api/render/filter.hpp"
#include "json/write.hpp"
#include "social/filters.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::Filter;
using store::FilterAction;
using store::FilterContext;
using store::FilterKeyword;

struct V1FilterParams {
  std::string phrase;
  std::vector<FilterContext> context;
  std::optional<bool> irreversible;
  std::optional<bool> whole_word;
  json::Omittable<std::optional<std::int64_t>> expires_in;  // seconds
};
BOOST_DESCRIBE_STRUCT(V1FilterParams, (), (phrase, context, irreversible, whole_word, expires_in))

struct V1UpdateParams {
  std::optional<std::string> phrase;
  json::Omittable<std::vector<FilterContext>> context;
  std::optional<bool> irreversible;
  std::optional<bool> whole_word;
  json::Omittable<std::optional<std::int64_t>> expires_in;
};
BOOST_DESCRIBE_STRUCT(V1UpdateParams, (), (phrase, context, irreversible, whole_word, expires_in))

template <class Params>
void read_expiry(social::FilterChange& change, Params const& params) {
  if (!params.expires_in.has_value()) return;
  change.expires_in.emplace();
  if (auto seconds = *params.expires_in) change.expires_in->emplace(*seconds);
}

std::optional<FilterAction> action_of(std::optional<bool> irreversible) {
  if (!irreversible) return {};
  return *irreversible ? FilterAction::hide : FilterAction::warn;
}

std::string render_one(db::Reader& r, AccountId who, RowId id) {
  auto keyword = social::load_keyword(r, who, id);
  return json::to_json(make_v1_filter(social::load_filter(r, who, keyword.filter), keyword));
}

Task<http::Response> list(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    auto filters = store::filters_of(r, request.account());
    std::vector<FilterId> ids;
    for (auto const& filter : filters) ids.push_back(filter.id);
    std::vector<entities::V1Filter> out;
    for (auto const& keyword : store::keywords_of(r, ids)) {
      auto filter = std::ranges::find(filters, keyword.filter, &Filter::id);
      if (filter != filters.end()) out.push_back(make_v1_filter(*filter, keyword));
    }
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) { return render_one(r, request.account(), id); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<V1FilterParams>();
  social::FilterChange change{
      .title = params.phrase, .contexts = params.context, .action = action_of(params.irreversible)};
  read_expiry(change, params);
  social::KeywordChange keyword{.keyword = params.phrase, .whole_word = params.whole_word.value_or(false)};
  auto act = [&](db::Writer& w) {
    auto filter = social::add_filter(w, request.account(), change, {keyword});
    return json::to_json(make_v1_filter(filter, store::keywords_of(w, {filter.id}).front()));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

// What belongs to the filter as a whole cannot be changed through one of several keywords.
void change_filter_of(db::Writer& w, AccountId who, FilterKeyword const& keyword,
                      social::FilterChange const& change) {
  auto before = social::load_filter(w, who, keyword.filter);
  auto after = social::change_filter(w, who, keyword.filter, change, {});
  bool same = before.contexts == after.contexts && before.action == after.action &&
              before.expires_at == after.expires_at;
  if (!same && store::keywords_of(w, {keyword.filter}).size() > 1)
    refuse(Refusal::unprocessable,
           "Validation failed: These parameters cannot be changed from this application because they apply "
           "to more "
           "than one filter keyword. Use a more recent application or the web interface.");
}

Task<http::Response> update(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto params = request.read<V1UpdateParams>();
  social::FilterChange change{.contexts = params.context, .action = action_of(params.irreversible)};
  read_expiry(change, params);
  social::KeywordChange keyword_change{.id = id, .keyword = params.phrase, .whole_word = params.whole_word};
  auto act = [&](db::Writer& w) {
    auto keyword = social::change_keyword(w, request.account(), keyword_change);
    change_filter_of(w, request.account(), keyword, change);
    return render_one(w, request.account(), id);
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) {
    auto keyword = social::load_keyword(w, request.account(), id);
    social::remove_keyword(w, request.account(), id);
    bool empty = store::keywords_of(w, {keyword.filter}).empty() &&
                 store::filter_posts_of(w, {keyword.filter}).empty();
    if (empty) social::remove_filter(w, request.account(), keyword.filter);
  };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/filters", Scope::read_filters, list},
    {Method::post, "/api/v1/filters", Scope::write_filters, create},
    {Method::get, "/api/v1/filters/:id", Scope::read_filters, show},
    {Method::put, "/api/v1/filters/:id", Scope::write_filters, update},
    {Method::delete_, "/api/v1/filters/:id", Scope::write_filters, remove},
};

}  // namespace

std::span<Route const> filters_v1_routes() {
  return routes;
}

}  // namespace posy::api
