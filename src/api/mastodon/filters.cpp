// Filters with their keywords and statuses. (docs.joinmastodon.org/methods/filters)
#include "social/filters.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/filter.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;
using store::FilterAction;
using store::FilterContext;

struct KeywordParams {
  std::optional<RowId> id;
  std::optional<std::string> keyword;
  std::optional<bool> whole_word;
  std::optional<bool> _destroy;
};
BOOST_DESCRIBE_STRUCT(KeywordParams, (), (id, keyword, whole_word, _destroy))

// One keyword alone: its id is in the path and names no parameter.
struct OneKeywordParams {
  std::optional<std::string> keyword;
  std::optional<bool> whole_word;
};
BOOST_DESCRIBE_STRUCT(OneKeywordParams, (), (keyword, whole_word))

struct FilterParams {
  std::optional<std::string> title;
  json::Omittable<std::vector<FilterContext>> context;
  std::optional<FilterAction> filter_action;
  json::Omittable<std::optional<std::int64_t>> expires_in;  // seconds
  std::vector<KeywordParams> keywords_attributes;
};
BOOST_DESCRIBE_STRUCT(FilterParams, (), (title, context, filter_action, expires_in, keywords_attributes))

struct StatusParams {
  PostId status_id;
};
BOOST_DESCRIBE_STRUCT(StatusParams, (), (status_id))

social::FilterChange read_change(FilterParams const& params) {
  social::FilterChange change{
      .title = params.title, .contexts = params.context, .action = params.filter_action};
  if (params.expires_in.has_value()) {
    change.expires_in.emplace();
    if (auto seconds = *params.expires_in) change.expires_in->emplace(*seconds);
  }
  return change;
}

std::vector<social::KeywordChange> read_keywords(FilterParams const& params) {
  std::vector<social::KeywordChange> changes;
  for (auto const& keyword : params.keywords_attributes)
    changes.push_back({.id = keyword.id.value_or(RowId{}),
                       .keyword = keyword.keyword,
                       .whole_word = keyword.whole_word,
                       .remove = keyword._destroy.value_or(false)});
  return changes;
}

std::string render_one(db::Reader& r, store::Filter const& filter) {
  return json::to_json(load_filter_entities(r, {filter}).front());
}

// --- Filters ----------------------------------------------------------------------------------------------

Task<http::Response> list(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    return json::to_json(load_filter_entities(r, store::filters_of(r, request.account())));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto load = [&](db::Reader& r) { return render_one(r, social::load_filter(r, request.account(), id)); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<FilterParams>();
  auto change = read_change(params);
  auto keywords = read_keywords(params);
  auto act = [&](db::Writer& w) {
    return render_one(w, social::add_filter(w, request.account(), change, keywords));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> update(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto params = request.read<FilterParams>();
  auto change = read_change(params);
  auto keywords = read_keywords(params);
  auto act = [&](db::Writer& w) {
    return render_one(w, social::change_filter(w, request.account(), id, change, keywords));
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto act = [&](db::Writer& w) { social::remove_filter(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

// --- Keywords ---------------------------------------------------------------------------------------------

Task<http::Response> list_keywords(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto load = [&](db::Reader& r) {
    auto filter = social::load_filter(r, request.account(), id);
    std::vector<entities::FilterKeyword> out;
    for (auto const& row : store::keywords_of(r, {filter.id})) out.push_back(make_filter_keyword(row));
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> show_keyword(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) { return social::load_keyword(r, request.account(), id); };
  store::FilterKeyword row = co_await api.db.read(load);
  co_return http::json(json::to_json(make_filter_keyword(row)));
}

Task<http::Response> create_keyword(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto params = request.read<OneKeywordParams>();
  social::KeywordChange change{.keyword = params.keyword, .whole_word = params.whole_word};
  auto act = [&](db::Writer& w) { return social::add_keyword(w, request.account(), id, change); };
  store::FilterKeyword row = co_await api.db.write(act);
  co_return http::json(json::to_json(make_filter_keyword(row)));
}

Task<http::Response> update_keyword(Api& api, Request const& request) {
  auto params = request.read<OneKeywordParams>();
  social::KeywordChange change{
      .id = request.id<RowId>("id").value(), .keyword = params.keyword, .whole_word = params.whole_word};
  auto act = [&](db::Writer& w) { return social::change_keyword(w, request.account(), change); };
  store::FilterKeyword row = co_await api.db.write(act);
  co_return http::json(json::to_json(make_filter_keyword(row)));
}

Task<http::Response> remove_keyword(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) { social::remove_keyword(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

// --- Statuses ---------------------------------------------------------------------------------------------

Task<http::Response> list_statuses(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto load = [&](db::Reader& r) {
    auto filter = social::load_filter(r, request.account(), id);
    std::vector<entities::FilterStatus> out;
    for (auto const& row : store::filter_posts_of(r, {filter.id})) out.push_back(make_filter_status(row));
    return json::to_json(out);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> show_status(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto load = [&](db::Reader& r) { return social::load_filter_post(r, request.account(), id); };
  store::FilterPost row = co_await api.db.read(load);
  co_return http::json(json::to_json(make_filter_status(row)));
}

Task<http::Response> create_status(Api& api, Request const& request) {
  auto id = request.id<FilterId>("id").value();
  auto post = request.read<StatusParams>().status_id;
  auto act = [&](db::Writer& w) { return social::add_filter_post(w, request.account(), id, post); };
  store::FilterPost row = co_await api.db.write(act);
  co_return http::json(json::to_json(make_filter_status(row)));
}

Task<http::Response> remove_status(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) { social::remove_filter_post(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v2/filters", Scope::read_filters, list},
    {Method::post, "/api/v2/filters", Scope::write_filters, create},
    {Method::get, "/api/v2/filters/:id", Scope::read_filters, show},
    {Method::put, "/api/v2/filters/:id", Scope::write_filters, update},
    {Method::delete_, "/api/v2/filters/:id", Scope::write_filters, remove},
    {Method::get, "/api/v2/filters/:id/keywords", Scope::read_filters, list_keywords},
    {Method::post, "/api/v2/filters/:id/keywords", Scope::write_filters, create_keyword},
    {Method::get, "/api/v2/filters/keywords/:id", Scope::read_filters, show_keyword},
    {Method::put, "/api/v2/filters/keywords/:id", Scope::write_filters, update_keyword},
    {Method::delete_, "/api/v2/filters/keywords/:id", Scope::write_filters, remove_keyword},
    {Method::get, "/api/v2/filters/:id/statuses", Scope::read_filters, list_statuses},
    {Method::post, "/api/v2/filters/:id/statuses", Scope::write_filters, create_status},
    {Method::get, "/api/v2/filters/statuses/:id", Scope::read_filters, show_status},
    {Method::delete_, "/api/v2/filters/statuses/:id", Scope::write_filters, remove_status},
};

}  // namespace

std::span<Route const> filters_routes() {
  return routes;
}

}  // namespace posy::api
