#include "store/consent.hpp"

namespace posy::store {

std::optional<PostPolicy> find_policy(db::Reader& r, PostId post) {
  return r.find<PostPolicy>("select :row from post_policy where post = $1", post);
}

void put_policy(db::Writer& w, PostPolicy const& policy) {
  w.run("delete from post_policy where post = $1", policy.post);
  if (!policy.is_open()) w.insert("post_policy", policy);
}

std::optional<std::string> find_stamp(db::Reader& r, PostId quoting) {
  return r.find<std::string>("select uri from quote_stamp where post = $1", quoting);
}

std::optional<PostId> find_stamped(db::Reader& r, std::string_view stamp) {
  return r.find<PostId>("select post from quote_stamp where uri = $1", stamp);
}

void put_stamp(db::Writer& w, PostId quoting, std::string_view stamp) {
  w.run("delete from quote_stamp where post = $1", quoting);
  w.run("insert into quote_stamp (post, uri) values ($1, $2) on conflict do nothing", quoting, stamp);
}

void delete_stamp(db::Writer& w, PostId quoting) {
  w.run("delete from quote_stamp where post = $1", quoting);
}

void remember_deleted(db::Writer& w, std::string_view uri) {
  w.run("insert into deleted_post (uri, deleted_at) values ($1, $2) on conflict do nothing", uri, w.now());
}

bool was_deleted(db::Reader& r, std::string_view uri) {
  return r.find<int>("select 1 from deleted_post where uri = $1", uri).has_value();
}

bool forget_deletion(db::Writer& w, std::string_view uri) {
  return w.run("delete from deleted_post where uri = $1", uri) > 0;
}

void forget_deleted(db::Writer& w, Time before) {
  w.run("delete from deleted_post where deleted_at < $1", before);
}

}  // namespace posy::store
