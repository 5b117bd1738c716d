// The part of a Status that is the same for every viewer, with what the renderer must know about the post.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/entities/status.hpp"
#include "social/site.hpp"
#include "store/post.hpp"

namespace posy::api {

struct Card {
  PostId id;
  AccountId author;
  store::Visibility visibility = store::Visibility::everyone;
  store::QuotePolicy quote_policy = store::QuotePolicy::everyone;
  store::QuoteState quote_state = store::QuoteState::none;
  bool author_suspended = false;
  bool is_essay = false;
  PostId thread;
  PostId boost_of;
  PostId quote_of;
  PollId poll;
  std::shared_ptr<entities::PreviewCard const> preview;  // without the account of its author
  AccountId preview_author;
  std::string text;    // StatusText as JSON, without the bracket at the end
  std::string search;  // what filters look at: notice, text, options, descriptions
};

// One card a post that exists, in no order, with a bounded number of queries.
std::vector<std::shared_ptr<Card const>> make_cards(db::Reader& r, social::Site const& site,
                                                    std::vector<PostId> const& posts);

}  // namespace posy::api
