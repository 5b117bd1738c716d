// How far the posts of this server go: to all servers that follow their author, or only to the people in them and the
// servers that hold their thread. The rules are in social/reach.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

enum class Reach { followers, people };

constexpr EnumName<Reach> reach_names[] = {{Reach::followers, "followers"}, {Reach::people, "people"}};
inline std::string_view name_of(Reach reach) { return name_in(reach_names, reach); }
inline std::optional<Reach> parse_enum(std::string_view name, Reach*) { return find_in(reach_names, name); }

// What somebody prefers for her answers.
enum class ReplyReach { automatic, followers, people };

constexpr EnumName<ReplyReach> reply_reach_names[] = {{ReplyReach::automatic, "automatic"},
                                                      {ReplyReach::followers, "followers"},
                                                      {ReplyReach::people, "people"}};
inline std::string_view name_of(ReplyReach reach) { return name_in(reply_reach_names, reach); }
inline std::optional<ReplyReach> parse_enum(std::string_view name, ReplyReach*) {
  return find_in(reply_reach_names, name);
}

struct PostReach {
  PostId post;
  Reach reach = Reach::followers;
};
BOOST_DESCRIBE_STRUCT(PostReach, (), (post, reach))

std::optional<PostReach> find_reach(db::Reader& r, PostId post);
void insert_reach(db::Writer& w, PostReach const& reach);

// Where a post, or a change of it, has ever gone besides the followers of its author: inboxes, one a line.
std::string told_of(db::Reader& r, PostId post);
void keep_told(db::Writer& w, PostId post, std::string_view inboxes);

// Who wrote this post, and what stands above it: at most so many steps upwards.
std::vector<AccountId> authors_above(db::Reader& r, PostId post, int steps);
// Who wrote what stands below it: of so many posts at most.
std::vector<AccountId> authors_below(db::Reader& r, PostId post, int limit);
std::vector<AccountId> boosters(db::Reader& r, PostId post, int limit);
std::vector<AccountId> followers_among(db::Reader& r, AccountId target, std::vector<AccountId> const& accounts);

// Of those of them who are elsewhere: the inboxes for many, each once, but for those that are gone.
std::vector<std::string> inboxes_of(db::Reader& r, std::vector<AccountId> const& accounts);
std::vector<std::string> retired_among(db::Reader& r, std::vector<std::string> const& inboxes);
// How many inboxes a post to all her followers goes to, and to these besides.
std::int64_t count_inboxes(db::Reader& r, AccountId account, std::vector<std::string> const& besides);

}  // namespace posy::store
