#include "api/oauth/scope_words.hpp"

#include <algorithm>

#include "api/gate/scope.hpp"
#include "api/oauth/redirect_uri.hpp"

namespace posy::api {
namespace {

constexpr ScopeWords table[] = {
    {"admin:write", "Act as a moderator", "Change all that moderators of this server may change."},
    {"admin:read", "See what moderators see", "Accounts, reports and settings of this server."},
    {"write", "Act in your name",
     "Publish, edit and delete posts, follow people, and change your profile and settings."},
    {"read", "See everything in your account",
     "Your timelines, notifications, private messages, lists and settings."},
    {"follow", "Manage your relationships", "Follow, block and mute people, and see whom you do."},
    {"push", "Send you notifications", "Receive your notifications while you are away."},
    {"profile", "Know who you are", "Your name, handle and picture, and nothing else."},
    {"write:statuses", "Publish in your name", "Publish, edit and delete posts."},
    {"write:accounts", "Change your profile", "Your name, description, pictures and preferences."},
    {"write:conversations", "Manage your conversations",
     "Mark private conversations as read, and remove them."},
    {"write:notifications", "Manage your notifications",
     "Dismiss and clear them, and decide who gets through."},
    {"write:follows", "Follow and unfollow", "Follow people, and answer those who ask to follow you."},
    {"write:blocks", "Block people", "Block and unblock accounts and servers."},
    {"write:mutes", "Mute people", "Mute and unmute accounts and conversations."},
    {"write:lists", "Manage your lists", "Create, change and delete lists."},
    {"write:filters", "Manage your filters", "Create, change and delete filters."},
    {"write:favourites", "Favourite posts", "Favourite posts, and take it back."},
    {"write:bookmarks", "Bookmark posts", "Bookmark posts, and remove bookmarks."},
    {"write:collections", "Recommend people", "Make and change collections, and leave those of others."},
    {"write:media", "Upload files", "Upload pictures, videos and sound."},
    {"write:reports", "Report people", "Send reports to the moderators."},
    {"read:statuses", "See posts", "All posts that you can see, private messages too."},
    {"read:accounts", "See accounts", "Your own profile and settings, and those of others."},
    {"read:notifications", "See your notifications", "Who mentioned, followed or answered you."},
    {"read:follows", "See whom you follow", "And who asks to follow you."},
    {"read:blocks", "See whom you block", "Accounts and servers."},
    {"read:mutes", "See whom you mute", "Accounts that you muted."},
    {"read:lists", "See your lists", "And who is on them."},
    {"read:filters", "See your filters", "What you do not want to see."},
    {"read:favourites", "See your favourites", "Posts that you favourited."},
    {"read:bookmarks", "See your bookmarks", "Posts that you bookmarked."},
    {"read:collections", "See your collections", "Whom you recommend, and who recommends you."},
    {"read:search", "Search in your name", "Find what you can find."},
};

}  // namespace

std::vector<ScopeWords> words_for(std::string_view scopes) {
  auto names = split_lines(scopes);
  std::vector<ScopeWords> out;
  Scopes covered;
  for (auto const& words : table) {
    bool wanted = std::ranges::any_of(names, [&](std::string const& name) {
      // "admin:read:accounts" and the like are told as the wide scope that we grant.
      return name == words.scope || (words.scope.starts_with("admin:") && name.starts_with(words.scope));
    });
    auto bits = Scopes::parse(words.scope);
    if (!wanted || !bits || covered.contains(*bits)) continue;
    covered.add(*bits);
    out.push_back(words);
  }
  return out;
}

}  // namespace posy::api
