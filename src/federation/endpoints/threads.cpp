// The collections of a conversation: the whole thread (FEP-7888, FEP-f228) and the answers to one post. Both hold what
// everybody may see, by id, oldest first, and are paged; the first page comes with the collection.
#include "federation/endpoints/answers.hpp"
#include "federation/vocabulary/collection.hpp"
#include "store/remote_thread.hpp"

namespace posy::federation {
namespace {

using store::Account;
using store::Post;

constexpr int page_items = 50;

using Load = std::vector<Post> (*)(db::Reader&, PostId, PostId after, int limit);

Collection page_of(db::Reader& r, Context const& context, Collection const& whole, Load load, PostId post,
                   PostId after) {
  auto rows = load(r, post, after, page_items);
  Collection out{.id = fmt::format("{}?after={}", whole.id, after.str()), .is_ordered = whole.is_ordered};
  out.is_page = true;
  out.part_of = whole.id;
  std::vector<AccountId> authors;
  for (auto const& row : rows) authors.push_back(row.author);
  auto accounts = store::accounts_by_id(r, authors);
  for (auto const& row : rows)
    for (auto const& account : accounts)
      if (account.id == row.author) out.items.push_back({context.uris.post(row, account), {}});
  if (static_cast<int>(rows.size()) == page_items)
    out.next = fmt::format("{}?after={}", whole.id, rows.back().id.str());
  return out;
}

http::Response answer(db::Reader& r, Context const& context, http::Request const& request, Collection whole, Load load,
                      PostId post) {
  auto const* after = request.params.if_contains("after");
  if (!after) {
    auto first = page_of(r, context, whole, load, post, PostId{});
    whole.first = {first.id, write_collection(first)};
    return document(write_collection_document(whole));
  }
  auto bound = after->is_string() ? parse_id(std::string_view(after->get_string())) : std::nullopt;
  bool is_start = after->is_string() && after->get_string() == "0";
  if (!bound && !is_start) refuse(Refusal::bad_request, "The parameter after is no id");
  return document(write_collection_document(page_of(r, context, whole, load, post, PostId{bound.value_or(0)})));
}

}  // namespace

Task<http::Response> thread_of_post(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto author = load_person(r, request);
    auto first = load_post(r, request, author);
    // Whoever began the thread owns it.
    if (first.thread != first.id || first.boost_of) refuse(Refusal::not_found, not_found().message);
    Collection whole{.id = context.uris.post(first, author) + "/context", .is_ordered = true};
    whole.attributed_to = context.uris.actor(author);
    return answer(r, context, request, std::move(whole), store::open_posts_of_thread, first.id);
  };
  co_return co_await context.db.read(load);
}

Task<http::Response> replies_of_post(Context& context, http::Request const& request) {
  auto load = [&](db::Reader& r) {
    auto author = load_person(r, request);
    auto post = load_post(r, request, author);
    Collection whole{.id = context.uris.post(post, author) + "/replies", .is_ordered = false};
    return answer(r, context, request, std::move(whole), store::open_replies, post.id);
  };
  co_return co_await context.db.read(load);
}

}  // namespace posy::federation
