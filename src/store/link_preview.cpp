#include "store/link_preview.hpp"

#include <algorithm>
#include <tuple>

namespace posy::store {
namespace {

struct PostPreview {
  PostId post;
  RowId preview;
};
BOOST_DESCRIBE_STRUCT(PostPreview, (), (post, preview))

}  // namespace

std::optional<LinkPreview> find_preview(db::Reader& r, RowId id) {
  return r.find<LinkPreview>("select :row from link_preview where id = $1", id);
}

std::optional<LinkPreview> find_preview(db::Reader& r, std::string_view link_key) {
  return r.find<LinkPreview>("select :row from link_preview where link_key = $1", link_key);
}

bool insert_preview(db::Writer& w, LinkPreview const& preview) {
  return w.insert_new("link_preview", preview);
}

void ask_again(db::Writer& w, RowId id, Time run_at) {
  w.run("update link_preview set asked_at = $2, run_at = $3, attempts = 0 where id = $1", id, w.now(), run_at);
}

void hasten_preview(db::Writer& w, RowId id, Time run_at) {
  // One that was tried already waits for its next attempt, or is under way.
  w.run("update link_preview set run_at = $2 where id = $1 and run_at > $2 and attempts = 0", id, run_at);
}

void update_preview(db::Writer& w, LinkPreview const& p) {
  w.run(R"sql(
      update link_preview set
        state = $2, run_at = null, attempts = 0, fetched_at = $3, url = $4, title = $5, description = $6,
        language = $7, author_name = $8, provider_name = $9, published_at = $10, creator = $11, image = $12,
        image_width = $13, image_height = $14, image_description = $15, blurhash = $16
      where id = $1
  )sql",
        p.id, p.state, p.fetched_at, p.url, p.title, p.description, p.language, p.author_name, p.provider_name,
        p.published_at, p.creator, p.image, p.image_width, p.image_height, p.image_description, p.blurhash);
}

std::vector<LinkPreview> take_previews(db::Writer& w, int limit, Milliseconds lease) {
  auto taken = w.all<LinkPreview>(R"sql(
      update link_preview set run_at = $2, attempts = attempts + 1
      where id in (select id from link_preview where run_at is not null and run_at <= $1 order by run_at, id limit $3)
        and run_at <= $1
      returning :row
  )sql",
                                  w.now(), w.now() + lease, limit);
  std::ranges::sort(taken, {}, &LinkPreview::id);
  return taken;
}

void release_previews(db::Writer& w, Milliseconds lease) {
  w.run("update link_preview set run_at = $1 where attempts > 0 and run_at > $1 and run_at <= $2", w.now(),
        w.now() + lease);
}

void bring_previews_forward(db::Writer& w, Milliseconds by) {
  w.run(R"sql(
      update link_preview set run_at = case when run_at - $2 > $1 then run_at - $2 else $1 end
      where run_at is not null and run_at > $1
  )sql",
        w.now(), by.count());
}

std::optional<Time> next_preview(db::Reader& r) {
  return r.one<std::optional<Time>>("select min(run_at) from link_preview where run_at is not null");
}

void put_previews_back(db::Writer& w, std::vector<RowId> const& ids, Time run_at) {
  w.run("update link_preview set run_at = $2 where id in ids($1)", ids, run_at);
}

void uncount_attempts(db::Writer& w, std::vector<RowId> const& ids) {
  w.run("update link_preview set attempts = attempts - 1 where id in ids($1)", ids);
}

void show_preview(db::Writer& w, PostId post, RowId preview) {
  w.run("delete from post_preview where post = $1", post);
  w.insert("post_preview", PostPreview{post, preview});
}

void hide_preview(db::Writer& w, PostId post) {
  w.run("delete from post_preview where post = $1", post);
}

std::vector<PostId> posts_with(db::Reader& r, RowId preview, int limit) {
  return r.all<PostId>("select post from post_preview where preview = $1 order by post desc limit $2", preview,
                       limit);
}

std::vector<ShownPreview> previews_of(db::Reader& r, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  auto rows = r.all<std::tuple<PostId, LinkPreview>>(R"sql(
      select s.post, :row(p) from post_preview s join link_preview p on p.id = s.preview
      where s.post in ids($1) and p.state = 1
  )sql",
                                                     posts);
  std::vector<ShownPreview> out;
  for (auto& [post, preview] : rows) out.push_back({post, std::move(preview)});
  return out;
}

std::vector<LinkPreview> delete_unused_previews(db::Writer& w, Time next, int limit) {
  auto due = w.all<RowId>(
      "select id from link_preview where look_at <= $1 and run_at is null order by look_at limit $2", w.now(), limit);
  if (due.empty()) return {};
  auto gone = w.all<LinkPreview>(R"sql(
      delete from link_preview
      where id in ids($1) and (select 1 from post_preview s where s.preview = link_preview.id limit 1) is null
      returning :row
  )sql",
                                 due);
  w.run("update link_preview set look_at = $2 where id in ids($1)", due, next);
  return gone;
}

}  // namespace posy::store
