// One delivery: signed for its server, sent, and judged.
#pragma once

#include <memory>

#include "base/worker_pool.hpp"
#include "federation/context.hpp"
#include "federation/delivery/judge.hpp"
#include "store/outgoing.hpp"

namespace posy::federation {

// An activity with all that is needed to send it, shared by its deliveries.
struct Parcel {
  store::Outgoing outgoing;                       // without its body
  std::shared_ptr<std::string const> body;
  std::shared_ptr<Signer const> signer;           // null while there are no keys
  std::optional<store::Account> followers_told;   // of whom: the digest of her followers goes with it (FEP-8fcf)
};

// Nothing when it is finished meanwhile.
std::shared_ptr<Parcel const> load_parcel(db::Reader& r, Context& context, RowId outgoing);

struct Courier {
  Context& context;
  http::Client& client;
  WorkerPool& signers;
};

// To the inbox, in the form that its server is known to take; when that is not known, or no longer true, in the other
// one too. Before others whose signatures wait when it is urgent.
Task<Judgement> send_parcel(Courier courier, std::shared_ptr<Parcel const> parcel, store::Peer const& peer,
                            std::string inbox, bool is_urgent);

}  // namespace posy::federation
