// Conversations. (docs.joinmastodon.org/methods/conversations)
#include "social/conversations.hpp"
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/conversation.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int limit_default = 20;
constexpr int limit_max = 40;

// The page as JSON and its cursors: conversations are paged by their last post.
struct Shown {
  std::string body;
  std::vector<PostId> cursors;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto load = [&](db::Reader& r) {
    auto rows = store::conversations(r, request.account(), page);
    Shown shown{render_conversation_list(r, api.render, request.account(), rows), {}};
    for (auto const& row : rows) shown.cursors.push_back(row.last_post);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.cursors);
  co_return response;
}

Task<http::Response> mark(Api& api, Request const& request, bool unread) {
  auto id = request.id<ConversationId>("id").value();
  auto act = [&](db::Writer& w) { social::mark_conversation(w, request.account(), id, unread); };
  co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return render_conversation(r, api.render, request.account(), id); };
  std::string body = co_await api.db.read(show);
  if (body.empty()) refuse(Refusal::not_found, "Record not found");
  co_return http::json(std::move(body));
}

Task<http::Response> mark_read(Api& api, Request const& request) {
  return mark(api, request, false);
}
Task<http::Response> mark_unread(Api& api, Request const& request) {
  return mark(api, request, true);
}

Task<http::Response> remove(Api& api, Request const& request) {
  auto id = request.id<ConversationId>("id").value();
  auto act = [&](db::Writer& w) { social::remove_conversation(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/conversations", Scope::read_statuses, list},
    {Method::post, "/api/v1/conversations/:id/read", Scope::write_conversations, mark_read},
    {Method::post, "/api/v1/conversations/:id/unread", Scope::write_conversations, mark_unread},
    {Method::delete_, "/api/v1/conversations/:id", Scope::write_conversations, remove},
};

}  // namespace

std::span<Route const> conversations_routes() {
  return routes;
}

}  // namespace posy::api
