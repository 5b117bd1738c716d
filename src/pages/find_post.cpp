#include "pages/find_post.hpp"

#include "base/error.hpp"
#include "pages/person.hpp"
#include "pages/post_view.hpp"
#include "social/visibility.hpp"
#include "text/normalize.hpp"

namespace posy::pages {
namespace {

[[noreturn]] void refuse_post() {
  refuse(Refusal::not_found, "Post not found");
}

}  // namespace

AskedPost post_of(http::Request const& request) {
  auto id = parse_id(request.path_param("id"));
  if (!id) refuse_post();
  return {text::fold_username(request.path_param("name")), PostId{*id}};
}

store::Post find_post(db::Reader& r, Shows& shows, std::string_view name, PostId id) {
  auto author = load_person(r, name, shows);
  shows.add(id);
  auto post = social::find_visible_post(r, {}, id);
  if (!post || post->author != author.id || !is_for_everybody(*post)) refuse_post();
  return *post;
}

std::string boosted_url(db::Reader& r, social::Site const& site, store::Post const& boost) {
  auto original = store::find_post(r, boost.boost_of);
  if (!original) refuse_post();
  auto author = store::find_account(r, original->author);
  if (!author) refuse_post();
  return site.post_url(*original, *author);
}

}  // namespace posy::pages
