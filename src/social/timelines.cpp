// The reading half of timelines.hpp.
#include "social/timelines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "social/hidden.hpp"
#include "social/links.hpp"

namespace posy::social {

using store::Page;
using store::PagedSql;

namespace {

// A row that may stand on the page: the post, who wrote it, and who wrote what it boosts.
struct Candidate {
  PostId post;
  AccountId author;
  AccountId boosted;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (post, author, boosted))

// When much is hidden, a page is looked for so far and no farther.
constexpr int rounds_max = 20;
constexpr int round_rows_max = 200;

// Rows are fetched a page at a time until enough are left after taking out what the viewer hides.
template <class Fetch>
std::vector<PostId> collect(db::Reader& r, Viewer viewer, Page page, Fetch fetch) {
  std::vector<PostId> out;
  Page round = page;
  for (int i = 0; i < rounds_max; ++i) {
    std::vector<Candidate> rows = fetch(round);
    if (page.oldest_first) std::reverse(rows.begin(), rows.end());
    std::vector<AccountId> authors;
    for (auto const& row : rows) {
      authors.push_back(row.author);
      if (row.boosted) authors.push_back(row.boosted);
    }
    std::sort(authors.begin(), authors.end());
    authors.erase(std::unique(authors.begin(), authors.end()), authors.end());
    auto hidden = hidden_authors(r, viewer, authors);
    for (auto const& row : rows) {
      if (hidden.contains(row.author) || (row.boosted && hidden.contains(row.boosted))) continue;
      out.push_back(row.post);
      if (static_cast<int>(out.size()) == page.limit) break;
    }
    if (static_cast<int>(out.size()) == page.limit || static_cast<int>(rows.size()) < round.limit) break;
    if (page.oldest_first) round.after = rows.back().post.value;
    else round.before = rows.back().post.value;
    round.limit = std::min(round.limit * 2, round_rows_max);
  }
  if (page.oldest_first) std::reverse(out.begin(), out.end());
  return out;
}

// Rows of several walks, any of which may have found the same post.
void keep_page(std::vector<Candidate>& rows, Page const& page) {
  std::ranges::sort(rows, std::greater{}, &Candidate::post);
  auto doubles = std::ranges::unique(rows, {}, &Candidate::post);
  rows.erase(doubles.begin(), doubles.end());
  auto extra = std::ssize(rows) - page.limit;
  if (extra <= 0) return;
  if (page.oldest_first) rows.erase(rows.begin(), rows.begin() + extra);
  else rows.resize(static_cast<std::size_t>(page.limit));
}

std::vector<PostId> stored_timeline(db::Reader& r, AccountId who, std::int64_t timeline, Page const& page) {
  static PagedSql const sql(R"sql(
      select e.post, p.author, b.author
      from timeline_entry e join post p on p.id = e.post left join post b on b.id = p.boost_of
      where e.timeline = $4 and :page(e.post)
  )sql");
  return collect(r, Viewer{who}, page, [&](Page const& round) { return sql.all<Candidate>(r, round, timeline); });
}

}  // namespace

std::vector<PostId> home_timeline(db::Reader& r, AccountId who, Page const& page) {
  return stored_timeline(r, who, who.value, page);
}

std::vector<PostId> list_timeline(db::Reader& r, AccountId who, ListId list, Page const& page) {
  return stored_timeline(r, who, list.value, page);
}

std::vector<PostId> public_timeline(db::Reader& r, Viewer viewer, PublicFilter filter, Page const& page) {
  // The conditions repeat those of the partial indexes post_public and post_public_local.
  static PagedSql const everywhere(R"sql(
      select p.id, p.author, null from post p join account a on a.id = p.author
      where p.visibility = 0 and p.boost_of is null
        and (p.in_reply_to is null or p.in_reply_to_account = p.author)
        and a.silenced_at is null and a.suspended_at is null
        and ($4 = 0 or (select 1 from media where post = p.id limit 1) is not null) and :page(p.id)
  )sql");
  static PagedSql const one_side(R"sql(
      select p.id, p.author, null from post p join account a on a.id = p.author
      where p.is_local = $5 and p.visibility = 0 and p.boost_of is null
        and (p.in_reply_to is null or p.in_reply_to_account = p.author)
        and a.silenced_at is null and a.suspended_at is null
        and ($4 = 0 or (select 1 from media where post = p.id limit 1) is not null) and :page(p.id)
  )sql");
  bool split = filter.local_only || filter.remote_only;
  return collect(r, viewer, page, [&](Page const& round) {
    if (split) return one_side.all<Candidate>(r, round, filter.media_only, filter.local_only);
    return everywhere.all<Candidate>(r, round, filter.media_only);
  });
}

std::vector<PostId> tag_timeline(db::Reader& r, Viewer viewer, TagFilter const& filter, Page const& page) {
  std::vector<std::string> names = filter.any;
  names.push_back(filter.tag);
  auto ids = [&](std::vector<std::string> const& texts) {
    return texts.empty() ? std::vector<TagId>{} : r.all<TagId>("select id from tag where name in texts($1)", texts);
  };
  auto any = ids(names), all = ids(filter.all), none = ids(filter.none);
  // A tag that nobody ever used: no post can have it.
  if (any.empty() || all.size() < filter.all.size()) return {};
  static PagedSql const one_tag(R"sql(
      select p.id, p.author, null from post_tag t
      join post p on p.id = t.post join account a on a.id = p.author
      where t.tag = $4
        and p.visibility = 0 and p.boost_of is null
        and a.silenced_at is null and a.suspended_at is null
        and (select count(*) from post_tag where post = p.id and tag in ids($5)) = $6
        and not exists (select 1 from post_tag where post = p.id and tag in ids($7))
        and ($8 = 0 or p.is_local = 1) and ($9 = 0 or p.is_local = 0)
        and ($10 = 0 or (select 1 from media where post = p.id limit 1) is not null) and :page(t.post)
  )sql");
  auto required = static_cast<std::int64_t>(all.size());
  return collect(r, viewer, page, [&](Page const& round) {
    auto const& base = filter.base;
    // One walk of an index for each of the few tags, and the page is the first of what they found. Together in
    // one query they would be sorted as a whole first.
    std::vector<Candidate> rows;
    for (auto tag : any)
      for (auto const& row : one_tag.all<Candidate>(r, round, tag, all, required, none, base.local_only,
                                                    base.remote_only, base.media_only))
        rows.push_back(row);
    if (any.size() > 1) keep_page(rows, round);
    return rows;
  });
}

std::vector<PostId> link_timeline(db::Reader& r, Viewer viewer, std::string_view url, Page const& page) {
  auto key = link_key(url);
  if (!key) return {};
  static PagedSql const sql(R"sql(
      select p.id, p.author, null from post_link l
      join post p on p.id = l.post join account a on a.id = p.author
      where l.link_key = $4
        and p.visibility = 0 and p.boost_of is null
        and a.silenced_at is null and a.suspended_at is null and :page(l.post)
  )sql");
  return collect(r, viewer, page, [&](Page const& round) { return sql.all<Candidate>(r, round, *key); });
}

std::vector<PostId> profile_timeline(db::Reader& r, Viewer viewer, AccountId author, ProfileFilter const& filter,
                                     Page const& page) {
  // Few posts are pinned, and few may have media: each kind of page walks the index that has only those.
  constexpr std::string_view conditions = R"sql(
        and ($5 = 0 or (p.boost_of is null and (select 1 from media where post = p.id limit 1) is not null))
        and ($6 = 0 or p.in_reply_to is null or p.in_reply_to_account = p.author)
        and ($7 = 0 or p.boost_of is null)
        and (cast($8 as bigint) is null or (select 1 from post_tag where tag = $8 and post = p.id) is not null)
  )sql";
  static PagedSql const of_all(fmt::format("select p.id from post p where p.author = $4 {} and :page(p.id)", conditions));
  static PagedSql const of_pinned(fmt::format(
      "select p.id from pin n join post p on p.id = n.post where n.account = $4 {} and :page(n.post)", conditions));
  static PagedSql const of_media(fmt::format(
      "select distinct m.post from media m join post p on p.id = m.post and p.author = m.account "
      "where m.account = $4 {} and :page(m.post)",
      conditions));
  PagedSql const& sql = filter.pinned ? of_pinned : filter.media_only ? of_media : of_all;
  TagId tag;
  if (!filter.tag.empty()) {
    tag = r.find<TagId>("select id from tag where name = $1", filter.tag).value_or(TagId{});
    if (!tag) return {};
  }
  // What the viewer may not see is taken out after fetching: a page may need several rounds.
  std::vector<PostId> out;
  Page round = page;
  for (int i = 0; i < rounds_max; ++i) {
    auto rows = sql.all<PostId>(r, round, author, filter.media_only, filter.without_replies, filter.without_boosts, tag);
    if (page.oldest_first) std::reverse(rows.begin(), rows.end());
    for (auto id : visible_posts(r, viewer, rows))
      if (static_cast<int>(out.size()) < page.limit) out.push_back(id);
    if (static_cast<int>(out.size()) == page.limit || static_cast<int>(rows.size()) < round.limit) break;
    if (page.oldest_first) round.after = rows.back().value;
    else round.before = rows.back().value;
    round.limit = std::min(round.limit * 2, round_rows_max);
  }
  if (page.oldest_first) std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace posy::social
