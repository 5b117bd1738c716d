// What authors of other servers allow with their posts (interaction policies) and have allowed (FEP-044f).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/post.hpp"

namespace posy::store {

enum class Circle { everybody, followers, nobody };  // of the author

struct PostPolicy {
  PostId post;
  Circle reply = Circle::everybody;
  Circle favourite = Circle::everybody;
  Circle boost = Circle::everybody;

  bool is_open() const {
    return reply == Circle::everybody && favourite == Circle::everybody && boost == Circle::everybody;
  }
};
BOOST_DESCRIBE_STRUCT(PostPolicy, (), (post, reply, favourite, boost))

std::optional<PostPolicy> find_policy(db::Reader& r, PostId post);  // none: everybody may do everything
void put_policy(db::Writer& w, PostPolicy const& policy);

// The id of the QuoteAuthorization with which another server allows what `quoting` quotes.
std::optional<std::string> find_stamp(db::Reader& r, PostId quoting);
std::optional<PostId> find_stamped(db::Reader& r, std::string_view stamp);
void put_stamp(db::Writer& w, PostId quoting, std::string_view stamp);
void delete_stamp(db::Writer& w, PostId quoting);

// Posts of other servers that were deleted are not received again.
void remember_deleted(db::Writer& w, std::string_view uri);
bool was_deleted(db::Reader& r, std::string_view uri);
bool forget_deletion(db::Writer& w, std::string_view uri);  // true: there was one
void forget_deleted(db::Writer& w, Time before);

}  // namespace posy::store
