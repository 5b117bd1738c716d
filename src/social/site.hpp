// What this server is called, what it allows, and the addresses of everything it shows.
//
// Ids that other servers keep (`*_uri`) are built from the host and never change; pages (`*_url`) are what
// people open.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "store/account.hpp"
#include "store/emoji.hpp"
#include "store/media.hpp"
#include "store/post.hpp"
#include "store/remote_file.hpp"

namespace posy::social {

enum class Registrations { closed, approval, open };

struct Limits {
  std::size_t post_characters = 5000;
  std::size_t media_attachments = 16;
  std::size_t poll_options = 20;
  std::size_t poll_option_characters = 100;
  int poll_seconds_min = 300;
  int poll_seconds_max = 2'629'746;
  std::size_t media_description_characters = 1500;
  std::size_t image_bytes = 16u << 20;
  std::size_t video_bytes = 99u << 20;
  std::size_t display_name_characters = 100;
  std::size_t note_characters = 2000;
  std::size_t profile_fields = 8;
  std::size_t pinned_posts = 20;
  std::size_t scheduled_posts = 300;
  std::size_t scheduled_posts_a_day = 50;
};

struct Site {
  std::string host;            // "example.org", in ids
  std::string account_domain;  // "example.org", behind the @ of handles
  std::string base_url;        // "https://example.org", without a slash at the end
  std::string title;
  std::string description;
  std::string contact_email;
  std::vector<std::string> languages;
  Registrations registrations = Registrations::closed;
  Limits limits;

  std::string streaming_url() const;  // "wss://example.org"
  std::string account_uri(store::Account const& account) const;
  std::string account_url(store::Account const& account) const;
  std::string post_uri(store::Post const& post, store::Account const& author) const;
  std::string post_url(store::Post const& post, store::Account const& author) const;
  std::string tag_url(std::string_view name) const;
  std::string media_url(std::string_view blob) const;  // of a key in the blob store
  std::string avatar_url(store::Account const& account) const;
  std::string header_url(store::Account const& account) const;

  // Files of other servers have addresses here, which name a row of ours and nothing else: whoever reads is not seen
  // by strangers. Only what is neither picture nor recording stays where it is.
  std::string media_url(store::Media const& media) const;
  std::string preview_url(store::Media const& media) const;  // empty for a recording that has none
  std::string emoji_url(store::CustomEmoji const& emoji) const;
  std::string static_emoji_url(store::CustomEmoji const& emoji) const;

 private:
  std::string remote_file_url(store::RemoteFileKind kind, std::int64_t owner, std::string_view mark) const;
};

// Stands in the address of a copy: another one when the original lies elsewhere, and for files of posts nobody can
// guess it who does not know the original's address.
std::string mark_of(std::string_view original_url);

}  // namespace posy::social
