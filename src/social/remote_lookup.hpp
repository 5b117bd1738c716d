// People and posts of other servers, made known here when somebody asks for them: supplied by `federation`.
#pragma once

#include <functional>
#include <string>

#include "base/id.hpp"

namespace posy::social {

// Which account or post it was; neither: it cannot be found. Many things lead to one: pages, other domains' handles.
struct LookedUp {
  AccountId account;
  PostId post;
};

class RemoteLookup {
 public:
  virtual ~RemoteLookup() = default;
  // `what` is a handle ("alice@a.example") or the address of a person or post. `done` is called once, on any
  // thread, when it is known here or cannot be found.
  virtual void look_up(std::string what, std::function<void(LookedUp)> done) = 0;
};

}  // namespace posy::social
