// How far a post goes, and what it costs.
//
// A post goes to the servers of all who follow its author. One that answers somebody goes to the people in it and to
// the servers that hold its thread; whether also to all followers' servers its author says for each, or as she
// prefers. What was decided stays with the post, so that changes of it and its deletion go where it went.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "social/draft.hpp"
#include "store/reach.hpp"

namespace posy::social {

// "automatic": answers go to all followers' servers while those are fewer than this.
constexpr std::int64_t automatic_servers = 500;

// What an answer of hers goes by when she says nothing.
store::Reach reply_reach(db::Reader& r, AccountId author);

// To be called when a draft has become a post. `asked`: what its author said of it.
void keep_reach(db::Writer& w, store::Post const& post, std::optional<store::Post> const& parent,
                std::optional<store::Reach> asked);

// Where a post goes.
struct Course {
  bool followers = false;            // to all servers that follow its author
  std::vector<std::string> inboxes;  // besides, each once
};
// Where it has gone before belongs to it; where it goes now is kept.
Course set_course(db::Writer& w, store::Post const& post);

// What a draft would cost: the number of inboxes, each of which is a server or a person of a server that has none for
// all. People who are not known here yet are not counted.
struct Cost {
  store::Visibility visibility = store::Visibility::everyone;
  bool is_answer = false;
  store::Reach reach = store::Reach::followers;  // that it would have
  std::int64_t followers = 0;                    // with each of the two
  std::int64_t people = 0;
};
Cost cost_of(db::Reader& r, Site const& site, Draft const& draft);

}  // namespace posy::social
