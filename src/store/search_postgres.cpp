// PostgreSQL's text search (postgresql.org/docs/15/datatype-textsearch.html, tsquery).
#include "store/search_engines.hpp"

namespace posy::store::postgres {
namespace {

// Each word is a quoted operand, so nothing inside it is read as an operator; a phrase is a chain of `<->`.
std::string query_expression(std::vector<std::string> const& words) {
  std::string out;
  for (auto const& item : words) {
    if (!out.empty()) out += " & ";
    out += "('";
    for (char c : item) {
      if (c == ' ') {
        out += "' <-> '";
        continue;
      }
      if (c == '\'' || c == '\\') out += c;
      out += c;
    }
    out += "':*)";
  }
  return out;
}

}  // namespace

void index_post(db::Writer& w, PostId post, std::string_view text) {
  w.run(R"sql(
      insert into post_search (rowid, words) values ($1, to_tsvector('simple', $2))
      on conflict (rowid) do update set words = excluded.words
  )sql",
        post, text);
}

std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page) {
  // `offset 0` keeps the search apart: else a page in the order of ids looks cheaper, and reads every post
  // there is for a word that is rare.
  static PagedSql const sql(R"sql(
      select p.id
      from (select rowid from post_search where words @@ to_tsquery('simple', $4) offset 0) s
      join post p on p.id = s.rowid
      where ($6 = 0 or p.author = $6)
        and (p.author = $5
             or (select 1 from mention where post = p.id and account = $5) is not null
             or (select 1 from favourite where account = $5 and post = p.id) is not null
             or (select 1 from bookmark where account = $5 and post = p.id) is not null
             or (select 1 from post where boost_of = p.id and author = $5) is not null)
        and :page(s.rowid)
  )sql");
  return sql.all<PostId>(r, page, query_expression(search.words), search.reader, search.author.value);
}

}  // namespace posy::store::postgres
