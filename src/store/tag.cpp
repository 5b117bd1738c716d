#include "store/tag.hpp"

#include <unordered_set>

namespace posy::store {

std::optional<Tag> find_tag(db::Reader& r, std::string_view name) {
  return r.find<Tag>("select :row from tag where name = $1", name);
}

std::vector<Tag> find_or_add_tags(db::Writer& w, std::vector<TagName> const& names) {
  if (names.empty()) return {};
  std::vector<std::string> texts;
  for (auto const& tag : names) texts.push_back(tag.name);
  auto load = [&] { return w.all<Tag>("select :row from tag where name in texts($1)", texts); };
  auto tags = load();
  if (tags.size() == names.size()) return tags;

  std::unordered_set<std::string> known;
  for (auto const& tag : tags) known.insert(tag.name);
  for (auto const& tag : names) {
    if (!known.insert(tag.name).second) continue;
    // Somebody else may be adding it at this moment: hence the second look.
    w.insert_new("tag", Tag{w.make_id<TagId>(), tag.name, tag.display, w.now()});
  }
  return load();
}

Tag find_or_add_tag(db::Writer& w, std::string_view name, std::string_view display) {
  return find_or_add_tags(w, {TagName{std::string(name), std::string(display)}}).at(0);
}

void insert_post_tags(db::Writer& w, PostId post, std::vector<TagId> const& tags) {
  if (tags.empty()) return;
  w.run(R"sql(
      insert into post_tag (tag, post)
      select id, cast($1 as bigint) from tag where id in ids($2)
      on conflict do nothing
  )sql",
        post, tags);
}

void delete_post_tags(db::Writer& w, PostId post) {
  w.run("delete from post_tag where post = $1", post);
}

std::vector<PostTag> tags_of(db::Reader& r, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  std::vector<PostTag> out;
  auto take = [&](PostId post, Tag tag) { out.push_back({post, std::move(tag)}); };
  r.each<PostId, Tag>(R"sql(
      select p.post, :row(t) from post_tag p join tag t on t.id = p.tag
      where p.post in ids($1) order by p.post, t.id
  )sql",
                      take, posts);
  return out;
}

void count_uses(db::Writer& w, std::vector<TagId> const& tags, AccountId account, Time when) {
  if (tags.empty()) return;
  w.run(R"sql(
      insert into tag_use (tag, day, account, uses)
      select id, cast($2 as integer), cast($3 as bigint), 1 from tag where id in ids($1)
      on conflict (tag, day, account) do update set uses = tag_use.uses + 1
  )sql",
        tags, std::chrono::floor<std::chrono::days>(when).time_since_epoch().count(), account);
}

}  // namespace posy::store
