// What an answer to a delivery means, for the delivery and for its server. Pure: simulated in simulation_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "http/client.hpp"
#include "store/outgoing.hpp"

namespace posy::federation {

enum class Verdict {
  delivered,
  gone,         // there is no such inbox any more
  never,        // it does not want this
  later,        // the server is to be tried again; what waits for it waits with it
  interrupted,  // this server is being stopped, which says nothing of the other one
};

struct Judgement {
  Verdict verdict = Verdict::later;
  std::string error = {};                       // empty when it was delivered
  bool host_answers = false;
  std::optional<Milliseconds> wait = {};        // that it asked for
  store::SignatureForm form = store::SignatureForm::unknown;  // the one that was taken
};

constexpr Milliseconds delivery_age_max = std::chrono::days(7);

// `failures`: of the server, one after another, before this answer.
Judgement judge(http::SendResult<http::Incoming> const& answer, int failures);

// What is known of the server then. `spread` from 0 to 1: so that not all come back at the same time.
void learn(store::Peer& peer, Judgement const& judgement, Time now, double spread);

// Whether what is so old is no longer tried: its server must have been away for some time as well. A clock that jumped,
// or a week in which this server was off, says nothing about the other one.
bool is_given_up(store::Peer const& peer, Time created_at, Time now);

// How long a server is left alone after so many failures (at least 1), one after another.
Milliseconds rest_after(int failures);

}  // namespace posy::federation
