// The ids of what is ours, as other servers know it, and back.
//
//   https://HOST/actor                         the server itself (FEP-d556)
//   https://HOST/users/NAME                    a person; beneath it inbox, outbox, followers, following and more
//   https://HOST/users/NAME/statuses/ID        a post; /activity its Create or, for a boost, its Announce;
//                                              /replies, and /context, the thread that it began
//   https://HOST/users/NAME/quote_authorizations/ID   that she allows the post to quote one of hers
//
// Ids are kept by others for ever: they are made of the host alone and never change.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "social/site.hpp"
#include "store/remote.hpp"

namespace posy::federation {

// Behind the id of a post: the id of the QuoteRequest for it.
constexpr std::string_view quote_request_suffix = "/quote_request";

class Uris {
 public:
  explicit Uris(social::Site const& site) : site_(site) {}

  std::string server_actor() const { return site_.base_url + "/actor"; }
  std::string shared_inbox() const { return site_.base_url + "/inbox"; }
  std::string actor(store::Account const& account) const { return site_.account_uri(account); }
  std::string followers(store::Account const& account) const { return actor(account) + "/followers"; }
  std::string post(store::Post const& post, store::Account const& author) const { return site_.post_uri(post, author); }

  // Of the QuoteAuthorization (FEP-044f) with which somebody here allows a post to quote hers.
  std::string stamp(store::Account const& author, PostId quoting) const {
    return actor(author) + "/quote_authorizations/" + quoting.str();
  }

  // Whether the id is on this server's host. Nobody else may speak for it, and it is never fetched.
  bool is_ours(std::string_view uri) const;
  std::optional<std::string> username(std::string_view uri) const;  // of exactly an actor's id
  std::optional<PostId> post_id(std::string_view uri) const;        // of exactly a post's id, or its page

  std::optional<store::Account> find_account(db::Reader& r, std::string_view uri) const;  // ours and others'
  std::optional<store::Post> find_post(db::Reader& r, std::string_view uri) const;        // ours and others'

 private:
  std::optional<std::string_view> path_of(std::string_view uri) const;
  std::optional<PostId> essay_id(db::Reader& r, std::string_view uri) const;

  social::Site const& site_;
};

}  // namespace posy::federation
