#include "store/post_link.hpp"

namespace posy::store {
namespace {

struct PostLink {
  std::string_view link_key;
  PostId post;
};
BOOST_DESCRIBE_STRUCT(PostLink, (), (link_key, post))

}  // namespace

void insert_post_links(db::Writer& w, PostId post, std::vector<std::string> const& keys) {
  for (auto const& key : keys) w.insert_new("post_link", PostLink{key, post});
}

void delete_post_links(db::Writer& w, PostId post) {
  w.run("delete from post_link where post = $1", post);
}

}  // namespace posy::store
