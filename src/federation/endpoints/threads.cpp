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

Collection page_of(db::Reader& r, Asked const& asked, Collection const& whole, Load load, PostId post, PostId after) {
  auto const& context = asked.context;
  auto rows = load(r, post, after, page_items);
  Collection out{.id = fmt::format("{}?after={}", whole.id, after.str()), .is_ordered = whole.is_ordered};
  out.is_page = true;
  out.part_of = whole.id;
  std::vector<AccountId> authors;
  for (auto const& row : rows) authors.push_back(row.author), note(asked.shows, row);
  auto accounts = store::accounts_by_id(r, authors);
  for (auto const& row : rows)
    for (auto const& account : accounts)
      if (account.id == row.author) out.items.push_back({context.uris.post(row, account), {}});
  if (static_cast<int>(rows.size()) == page_items)
    out.next = fmt::format("{}?after={}", whole.id, rows.back().id.str());
  return out;
}

Made answer(db::Reader& r, Asked const& asked, Collection whole, Load load, PostId post) {
  auto const* after = asked.request.params.if_contains("after");
  if (!after) {
    auto first = page_of(r, asked, whole, load, post, PostId{});
    whole.first = {first.id, write_collection(first)};
    return {document(write_collection_document(whole))};
  }
  auto bound = after->is_string() ? parse_id(std::string_view(after->get_string())) : std::nullopt;
  bool is_start = after->is_string() && after->get_string() == "0";
  if (!bound && !is_start) refuse(Refusal::bad_request, "The parameter after is no id");
  return {document(write_collection_document(page_of(r, asked, whole, load, post, PostId{bound.value_or(0)})))};
}

}  // namespace

Made thread_of_post(db::Reader& r, Asked const& asked) {
  auto const& uris = asked.context.uris;
  auto author = load_person(r, asked);
  auto first = load_post(r, asked, author);
  // Whoever began the thread owns it.
  if (first.thread != first.id || first.boost_of) refuse(Refusal::not_found, not_found().message);
  Collection whole{.id = uris.post(first, author) + "/context", .is_ordered = true};
  whole.attributed_to = uris.actor(author);
  return answer(r, asked, std::move(whole), store::open_posts_of_thread, first.id);
}

Made replies_of_post(db::Reader& r, Asked const& asked) {
  auto author = load_person(r, asked);
  auto post = load_post(r, asked, author);
  Collection whole{.id = asked.context.uris.post(post, author) + "/replies", .is_ordered = false};
  return answer(r, asked, std::move(whole), store::open_replies, post.id);
}

}  // namespace posy::federation
