// Profiles: what a person of this server says about herself, and how her posts start out.
//
// Texts are checked against the limits of the site and turned into HTML here; pictures are keys of the blob
// store that the caller has filled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "social/site.hpp"
#include "store/account.hpp"
#include "store/login.hpp"

namespace posy::social {

struct FieldText {
  std::string name;
  std::string value;
};

// What is not given stays as it is.
struct ProfileChange {
  std::optional<std::string> display_name;
  std::optional<std::string> note;
  std::optional<std::vector<FieldText>> fields;  // all of them; empty ones are left out
  std::optional<bool> locked;                    // whoever unlocks calls accept_some_waiting() next
  std::optional<bool> bot;
  std::optional<bool> discoverable;
  std::optional<bool> indexable;
  std::optional<bool> hide_collections;
  std::optional<bool> show_media;
  std::optional<bool> show_media_replies;
  std::optional<bool> show_featured;
  std::optional<std::vector<std::string>> attribution_domains;
  std::optional<std::string> avatar;  // a key in the blob store; empty: the built-in picture
  std::optional<std::string> header;
  std::optional<std::string> avatar_description;
  std::optional<std::string> header_description;
};

struct PostingDefaults {
  std::optional<store::Visibility> visibility;
  std::optional<bool> sensitive;
  std::optional<std::string> language;  // empty: none
  std::optional<store::QuotePolicy> quote_policy;
};

// A profile without a login. conflict when the name is taken, unprocessable when it is no name.
store::Account create_account(db::Writer& w, std::string_view username);
void update_profile(db::Writer& w, Site const& site, AccountId who, ProfileChange const& change);
void update_defaults(db::Writer& w, AccountId who, PostingDefaults const& defaults);

}  // namespace posy::social
