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

}  // namespace

void index_post(db::Writer& w, PostId post, std::string_view text) {
  remove_from_index(w, post);
  auto part = searched_part(text);
  if (w.engine() == db::Engine::sqlite)
    sqlite::index_post(w, post, part);
  else
    postgres::index_post(w, post, part);
}

void remove_from_index(db::Writer& w, PostId post) {
  w.run("delete from post_search where rowid = $1", post);
}

std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page) {
  if (search.words.empty() || !search.reader) return {};
  return r.engine() == db::Engine::sqlite ? sqlite::search_posts(r, search, page)
                                          : postgres::search_posts(r, search, page);
}

}  // namespace posy::store
