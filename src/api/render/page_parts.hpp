// Accounts and statuses that many entities of a page refer to, each rendered once.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "api/render/renderer.hpp"

namespace posy::api {

// Rendered Status entities by post; what the viewer may not see is absent.
class StatusParts {
 public:
  StatusParts(db::Reader& r, Renderer& render, AccountId viewer, std::vector<PostId> posts);
  std::string const* find(PostId post) const;
  std::vector<PostId> const& posts() const { return posts_; }  // each once, as first named

 private:
  std::vector<PostId> posts_;
  std::unordered_map<PostId, std::string> texts_;
};

class AccountParts {
 public:
  AccountParts(db::Reader& r, Renderer& render, std::vector<AccountId> accounts);
  std::string const* find(AccountId account) const;
  std::vector<AccountId> const& accounts() const { return accounts_; }

 private:
  std::vector<AccountId> accounts_;
  std::unordered_map<AccountId, std::string> texts_;
};

}  // namespace posy::api
