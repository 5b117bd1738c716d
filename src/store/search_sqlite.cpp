// SQLite's FTS5 (sqlite.org/fts5.html, section 3: query syntax).
#include "store/search_engines.hpp"

namespace posy::store::sqlite {
namespace {

// Each item is a string of the query language, so nothing inside it is read as an operator.
std::string match_expression(std::vector<std::string> const& words) {
  std::string out;
  for (auto const& word : words) {
    if (!out.empty()) out += ' ';
    out += '"';
    for (char c : word) {
      if (c == '"') out += '"';
      out += c;
    }
    out += "\"*";
  }
  return out;
}

}  // namespace

void index_post(db::Writer& w, PostId post, std::string_view text) {
  w.run("insert into post_search (rowid, words) values ($1, $2)", post, text);
}

std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page) {
  static PagedSql const sql(R"sql(
      select p.id from post_search s join post p on p.id = s.rowid
      where s.post_search match $4
        and ($6 = 0 or p.author = $6)
        and (p.author = $5
             or exists (select 1 from mention where post = p.id and account = $5)
             or exists (select 1 from favourite where account = $5 and post = p.id)
             or exists (select 1 from bookmark where account = $5 and post = p.id)
             or exists (select 1 from post where boost_of = p.id and author = $5))
        and :page(s.rowid)
  )sql");
  return sql.all<PostId>(r, page, match_expression(search.words), search.reader, search.author.value);
}

}  // namespace posy::store::sqlite
