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
  refused,      // it has not believed us for hours: this one is given up, the others wait on
  later,        // the server is to be tried again; what waits for it waits with it
  interrupted,  // this server is being stopped or has too much to do, which says nothing of the other one
};

struct Judgement {
  Verdict verdict = Verdict::later;
  std::string error = {};                       // empty when it was delivered
  bool host_answers = false;
  std::optional<Milliseconds> wait = {};        // that it asked for
  store::SignatureForm form = store::SignatureForm::unknown;  // the one that was taken
};

constexpr Milliseconds delivery_age_max = std::chrono::days(7);

// Who does not believe us may not have got our key, as we or it were away. `failing_for`: how long nothing was taken.
constexpr Milliseconds disbelief_max = std::chrono::hours(6);
Judgement judge(http::SendResult<http::Incoming> const& answer, Milliseconds failing_for);

// What is known of the server then. `spread` from 0 to 1: so that not all come back at the same time.
void learn(store::Peer& peer, Judgement const& judgement, Time now, double spread);

// Whether what is so old is no longer tried: its server must have been away for some time as well. A clock that jumped,
// or a week in which this server was off, says nothing about the other one.
bool is_given_up(store::Peer const& peer, Time created_at, Time now);

// How long a server is left alone after so many failures (at least 1), one after another.
Milliseconds rest_after(int failures);

}  // namespace posy::federation
