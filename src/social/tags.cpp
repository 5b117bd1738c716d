#include "social/tags.hpp"

#include "base/error.hpp"
#include "social/live.hpp"
#include "text/entities.hpp"
#include "text/normalize.hpp"

namespace posy::social {

using store::Tag;

namespace {

constexpr std::size_t featured_max = 10;
constexpr std::size_t followed_max = 1000;
constexpr std::size_t name_bytes_max = 400;

std::string_view without_hash(std::string_view name) {
  if (name.starts_with('#')) name.remove_prefix(1);
  return name;
}

}  // namespace

bool is_hashtag(std::string_view given) {
  auto name = without_hash(given);
  if (name.empty() || name.size() > name_bytes_max) return false;
  auto entities = text::find_entities("#" + std::string(name));
  return entities.size() == 1 && entities[0].kind == text::Entity::Kind::hashtag && entities[0].begin == 0 &&
         entities[0].end == name.size() + 1 && !text::fold_tag(name).empty();
}

Tag find_tag(db::Reader& r, std::string_view given) {
  auto name = without_hash(given);
  if (!is_hashtag(name)) refuse(Refusal::not_found, not_found().message);
  if (auto tag = store::find_tag(r, text::fold_tag(name))) return *tag;
  return {.id = {}, .name = text::fold_tag(name), .display = std::string(name), .created_at = {}};
}

Tag find_or_add_tag(db::Writer& w, std::string_view given) {
  auto name = without_hash(given);
  if (!is_hashtag(name)) refuse(Refusal::not_found, not_found().message);
  return store::find_or_add_tag(w, text::fold_tag(name), name);
}

Tag follow_tag(db::Writer& w, AccountId who, std::string_view name) {
  Tag tag = find_or_add_tag(w, name);
  if (store::count_followed_tags(w, who) >= followed_max)
    refuse(Refusal::unprocessable, "Validation failed: You are following too many hashtags");
  store::insert_tag_follow(w, w.make_id<RowId>(), who, tag.id);
  return tag;
}

Tag unfollow_tag(db::Writer& w, AccountId who, std::string_view name) {
  Tag tag = find_tag(w, name);
  if (tag.id) store::delete_tag_follow(w, who, tag.id);
  return tag;
}

store::FeaturedTag feature_tag(db::Writer& w, AccountId who, std::string_view given) {
  auto name = without_hash(given);
  if (name.empty()) refuse(Refusal::unprocessable, "Validation failed: Name can't be blank");
  if (!is_hashtag(name)) refuse(Refusal::unprocessable, "Validation failed: Name is not a valid hashtag");
  Tag tag = find_or_add_tag(w, name);
  if (auto existing = store::find_featured_tag(w, who, tag.id)) return *existing;
  if (store::featured_tags(w, who).size() >= featured_max)
    refuse(Refusal::unprocessable,
           "Validation failed: You have already featured the maximum number of hashtags");
  store::FeaturedTag featured{w.make_id<RowId>(), who, tag.id};
  store::insert_featured_tag(w, featured);
  tell(w, Live::account_changed, who.value);
  return featured;
}

void unfeature_tag(db::Writer& w, AccountId who, std::string_view name) {
  Tag tag = find_tag(w, name);
  if (!tag.id) return;
  store::delete_featured_tag(w, who, tag.id);
  tell(w, Live::account_changed, who.value);
}

void unfeature_tag(db::Writer& w, AccountId who, RowId id) {
  auto featured = store::find_featured_tag(w, who, id);
  if (!featured) refuse(Refusal::not_found, not_found().message);
  store::delete_featured_tag(w, who, featured->tag);
  tell(w, Live::account_changed, who.value);
}

}  // namespace posy::social
