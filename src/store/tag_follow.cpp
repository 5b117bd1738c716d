#include "store/tag_follow.hpp"

#include "store/prefix.hpp"

namespace posy::store {
namespace {

// So many of an author's latest posts tell which tags are hers.
constexpr int recent_posts_max = 400;
// So many names with a common beginning are put in order; what comes behind is found by typing more.
constexpr int prefix_rows_max = 1000;

}  // namespace

std::vector<Tag> tags_by_id(db::Reader& r, std::vector<TagId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Tag>("select :row from tag where id in ids($1)", ids);
}

bool insert_tag_follow(db::Writer& w, RowId id, AccountId account, TagId tag) {
  return w.run("insert into tag_follow (id, account, tag) values ($1, $2, $3) on conflict do nothing", id,
               account, tag) > 0;
}

bool delete_tag_follow(db::Writer& w, AccountId account, TagId tag) {
  return w.run("delete from tag_follow where account = $1 and tag = $2", account, tag) > 0;
}

std::vector<FollowedTag> followed_tags(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select id, tag from tag_follow where account = $4 and :page(id)");
  return sql.all<FollowedTag>(r, page, account);
}

std::vector<TagId> followed_among(db::Reader& r, AccountId account, std::vector<TagId> const& tags) {
  if (tags.empty()) return {};
  return r.all<TagId>("select tag from tag_follow where account = $1 and tag in ids($2)", account, tags);
}

std::size_t count_followed_tags(db::Reader& r, AccountId account) {
  return static_cast<std::size_t>(
      r.one<std::int64_t>("select count(*) from tag_follow where account = $1", account));
}

bool insert_featured_tag(db::Writer& w, FeaturedTag const& featured) {
  return w.insert_new("featured_tag", featured);
}

bool delete_featured_tag(db::Writer& w, AccountId account, TagId tag) {
  return w.run("delete from featured_tag where account = $1 and tag = $2", account, tag) > 0;
}

std::optional<FeaturedTag> find_featured_tag(db::Reader& r, AccountId account, TagId tag) {
  return r.find<FeaturedTag>("select :row from featured_tag where account = $1 and tag = $2", account, tag);
}

std::optional<FeaturedTag> find_featured_tag(db::Reader& r, AccountId account, RowId id) {
  return r.find<FeaturedTag>("select :row from featured_tag where id = $2 and account = $1", account, id);
}

std::vector<FeaturedTag> featured_tags(db::Reader& r, AccountId account) {
  return r.all<FeaturedTag>("select :row from featured_tag where account = $1 order by id", account);
}

std::vector<TagId> featured_among(db::Reader& r, AccountId account, std::vector<TagId> const& tags) {
  if (tags.empty()) return {};
  return r.all<TagId>("select tag from featured_tag where account = $1 and tag in ids($2)", account, tags);
}

std::vector<TagUsage> tag_usage(db::Reader& r, AccountId author, std::vector<TagId> const& tags) {
  if (tags.empty()) return {};
  return r.all<TagUsage>(R"sql(
      select t.tag, count(*), max(p.created_at)
      from post p join post_tag t on t.post = p.id
      where p.author = $1 and p.visibility <= 1 and t.tag in ids($2)
      group by t.tag
  )sql",
                         author, tags);
}

std::vector<TagId> most_used_tags(db::Reader& r, AccountId author, int limit) {
  return r.all<TagId>(R"sql(
      select t.tag
      from (select id from post where author = $1 and visibility <= 1 and boost_of is null
            order by id desc limit $2) p
      join post_tag t on t.post = p.id
      where not exists (select 1 from featured_tag where account = $1 and tag = t.tag)
      group by t.tag
      order by count(*) desc, max(t.post) desc
      limit $3
  )sql",
                      author, recent_posts_max, limit);
}

std::vector<TagDay> tag_days(db::Reader& r, std::vector<TagId> const& tags, int first_day) {
  if (tags.empty()) return {};
  return r.all<TagDay>(R"sql(
      select tag, day, cast(sum(uses) as bigint), count(*)
      from tag_use
      where tag in ids($1) and day >= $2
      group by tag, day
  )sql",
                       tags, first_day);
}

std::vector<Tag> search_tags(db::Reader& r, std::string_view prefix, int limit, int offset) {
  return r.all<Tag>(R"sql(
      select :row from (
        select id, name, display, created_at from tag where name >= $1 and name < $2 order by name limit $3
      ) near
      order by length(name), name
      limit $4 offset $5
  )sql",
                    prefix, end_of_prefix(prefix), prefix_rows_max, limit, offset);
}

}  // namespace posy::store
