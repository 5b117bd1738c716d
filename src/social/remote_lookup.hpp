// People and posts of other servers, made known here when somebody asks for them: supplied by `federation`.
#pragma once

#include <functional>
#include <string>

namespace posy::social {

class RemoteLookup {
 public:
  virtual ~RemoteLookup() = default;
  // `what` is a handle ("alice@a.example") or the address of a person or post. `done` is called once, on any
  // thread, when it is known here or cannot be found; a search then tells which.
  virtual void look_up(std::string what, std::function<void()> done) = 0;
};

}  // namespace posy::social
