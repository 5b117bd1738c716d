#include "store/search.hpp"

#include "store/search_engines.hpp"

namespace posy::store {
namespace {

// Cut off between characters, not inside one.
std::string_view searched_part(std::string_view text) {
  if (text.size() <= searched_bytes_max) return text;
  std::size_t end = searched_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

void take_out(db::Writer& w, PostId post) { w.run("delete from post_search where rowid = $1", post); }

// An index of words that is changed by many posts at a time costs a part of what it costs one by one: FTS5 writes a
// piece of index whenever a statement behind a change could fail by itself.
void put_in(db::Writer& w, PostId post, std::string text, bool is_new) {
  auto put = [post, text = std::move(text), is_new](db::Writer& last) {
    if (!is_new) take_out(last, post);
    if (last.engine() == db::Engine::sqlite)
      sqlite::index_post(last, post, text);
    else
      postgres::index_post(last, post, text);
  };
  w.before_commit(std::move(put));
}

}  // namespace

void index_new_post(db::Writer& w, PostId post, std::string_view text) {
  put_in(w, post, std::string(searched_part(text)), true);
}

void index_changed_post(db::Writer& w, PostId post, std::string_view text) {
  put_in(w, post, std::string(searched_part(text)), false);
}

void remove_from_index(db::Writer& w, PostId post) {
  w.before_commit([post](db::Writer& last) { take_out(last, post); });
}

std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page) {
  if (search.words.empty() || !search.reader) return {};
  return r.engine() == db::Engine::sqlite ? sqlite::search_posts(r, search, page)
                                          : postgres::search_posts(r, search, page);
}

}  // namespace posy::store
