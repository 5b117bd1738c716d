// Rows to what clients receive, a page at a time: each call loads what all its entities need with a bounded
// number of queries, and joins fragments that are kept in memory (fragments.hpp).
//
// Everything returns JSON text. What the viewer may not see is left out of lists; `status` of such a post is
// not_found. All functions are safe to call from any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "json/omittable.hpp"
#include "social/visibility.hpp"

namespace posy::social {
struct Site;
}
namespace posy::db {
struct Event;
}

namespace posy::api {

// Where the posts of a list come from. Timelines (social/timelines.hpp) have taken out already what lies
// across a block, so that need not be asked again.
enum class Origin : std::uint8_t { anywhere, timeline };

class Renderer {
 public:
  explicit Renderer(social::Site const& site, std::size_t fragments_max = 20'000);
  ~Renderer();

  // A JSON array of Status entities, in the order of `posts`.
  std::string statuses(db::Reader& r, social::Viewer viewer, std::vector<PostId> const& posts,
                       Origin origin = Origin::anywhere);
  // The same, one text a post; empty where the viewer may not see it.
  std::vector<std::string> status_list(db::Reader& r, social::Viewer viewer, std::vector<PostId> const& posts,
                                       Origin origin = Origin::anywhere);
  std::string status(db::Reader& r, social::Viewer viewer, PostId post);
  // The Status of a post that is being deleted, with its source in `text` (for "delete and redraft").
  std::string deleted_status(db::Reader& r, social::Viewer viewer, PostId post);

  // A JSON array of Account entities, in the order of `accounts`; the unknown are left out.
  std::string accounts(db::Reader& r, std::vector<AccountId> const& accounts);
  std::vector<std::string> account_list(db::Reader& r, std::vector<AccountId> const& accounts);
  std::string account(db::Reader& r, AccountId account);

  // Poll and MediaAttachment entities, as they also stand inside a Status.
  std::string poll(db::Reader& r, social::Viewer viewer, PollId poll);
  std::string media(db::Reader& r, MediaId media);

  // Drops what an event makes untrue.
  void on_event(db::Event const& event);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace posy::api
