// What follows when a post is there, whoever wrote it and wherever: tags, links, counts, search, timelines,
// conversations, notifications, live events.
#pragma once

#include <string>
#include <vector>

#include "store/post.hpp"
#include "store/tag.hpp"

namespace posy::social {

struct Surroundings {
  std::vector<AccountId> mentioned;
  AccountId quoted_author;  // whose post it quotes with her consent
  std::vector<store::TagName> tags;
  std::vector<std::string> urls;
  std::string text;  // of the content, without its markup
  bool has_media = false;
  bool is_news = true;  // false for an old post that was looked up: nobody is told, no timeline shows it as new
};

// The post's row, its media and its poll are in place.
void enter(db::Writer& w, store::Post const& post, Surroundings const& around);

// A post that somebody looked up first is sent by its author's server after all: now it stands in timelines and people
// are told, as if it had come in order. Nothing happens when they were.
void make_news(db::Writer& w, store::Post const& post);

}  // namespace posy::social
