#include "social/original.hpp"

namespace posy::social {

store::Post find_original(db::Reader& r, Viewer viewer, PostId id) {
  store::Post post = find_visible_post(r, viewer, id).value();
  return post.boost_of ? find_visible_post(r, viewer, post.boost_of).value() : post;
}

store::Post find_original_anyhow(db::Reader& r, PostId id) {
  auto post = store::find_post(r, id);
  if (post && post->boost_of) post = store::find_post(r, post->boost_of);
  if (!post) refuse(Refusal::not_found, "Record not found");
  return *post;
}

}  // namespace posy::social
