// Rows of ours as ActivityStreams objects. One read each, no network.
#pragma once

#include "federation/keys.hpp"
#include "federation/uris.hpp"
#include "federation/vocabulary/acts.hpp"
#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/object.hpp"

namespace posy::federation {

// Public keys as the store has them.
struct ShownKeys {
  std::string rsa_pem;
  std::string ed25519_multikey;
};
// Who she is besides, and where she went: ids of actors.
struct Moves {
  std::vector<std::string> also_known_as;
  std::string moved_to;
};
Moves moves_of(db::Reader& r, Uris const& uris, store::Account const& account);
Actor person_document(db::Reader& r, social::Site const& site, store::Account const& account, ShownKeys const& keys,
                      Moves const& moves);
Actor server_document(social::Site const& site, ShownKeys const& keys);

// A post that is no boost, with its media, poll, tags and mentions.
Object post_document(db::Reader& r, social::Site const& site, store::Post const& post);
// A custom emoji of this server.
Emoji emoji_document(social::Site const& site, store::CustomEmoji const& emoji);
// Whom a post or boost is for, and so where it is sent.
Addressees addressees_of(db::Reader& r, social::Site const& site, store::Post const& post);
// Create or Announce.
Activity activity_of(db::Reader& r, social::Site const& site, store::Post const& post);

}  // namespace posy::federation
