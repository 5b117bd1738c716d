#include "federation/context.hpp"

namespace posy::federation {

std::shared_ptr<Signer const> own_signer(db::Reader& r, Context& context, std::int64_t owner) {
  if (owner == store::server_owner) return context.keys.find(r, owner, context.uris.server_actor());
  auto account = store::find_account(r, AccountId{owner});
  return account ? context.keys.find(r, owner, context.uris.actor(*account)) : nullptr;
}

}  // namespace posy::federation
