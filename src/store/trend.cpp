#include "store/trend.hpp"

namespace posy::store {

// The conditions on visibility and reply repeat those of the partial index post_public.

std::vector<TagId> busiest_tags(db::Reader& r, TrendSpan const& span, int people_min, int limit) {
  return r.all<TagId>(R"sql(
      select t.tag
      from (select id, author from post
            where visibility = 0 and boost_of is null
              and (in_reply_to is null or in_reply_to_account = author)
              and id >= $1 and sensitive = 0 and notice = ''
            order by id desc limit $2) p
      join account a on a.id = p.author
      join post_tag t on t.post = p.id
      where a.discoverable = 1 and a.silenced_at is null and a.suspended_at is null
      group by t.tag
      having count(distinct p.author) >= $3
      order by count(distinct p.author) desc, count(*) desc, t.tag desc
      limit $4
  )sql",
                      first_id_at(span.since), span.posts_max, people_min, limit);
}

std::vector<LikedPost> most_liked_posts(db::Reader& r, TrendSpan const& span, int marks_min, int limit) {
  return r.all<LikedPost>(R"sql(
      select p.id, p.author, s.favourites + s.boosts
      from (select id, author from post
            where visibility = 0 and boost_of is null
              and (in_reply_to is null or in_reply_to_account = author)
              and id >= $1 and sensitive = 0 and notice = ''
            order by id desc limit $2) p
      join account a on a.id = p.author
      join post_stats s on s.post = p.id
      where a.discoverable = 1 and a.silenced_at is null and a.suspended_at is null
        and s.favourites + s.boosts >= $3
      order by s.favourites + s.boosts desc, p.id desc
      limit $4
  )sql",
                          first_id_at(span.since), span.posts_max, marks_min, limit);
}

}  // namespace posy::store
