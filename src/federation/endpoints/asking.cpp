#include "federation/endpoints/asking.hpp"

#include "federation/remote/signer.hpp"

namespace posy::federation {

Task<Result<std::string>> asking_actor(Context& context, http::Request const& request) {
  auto message = message_of(context, request);
  if (!signatures::is_signed(message))
    co_return Error{Refusal::unauthorized, "This must be asked for with a signature"};
  auto claim = signatures::read_claim(message, request.body, context.clock.now());
  if (!claim) co_return claim.error();
  Task<Result<KnownKey>> looking = find_signer(context, std::move(*claim));
  Task<Result<KnownKey>> on_client = on_loop(context, std::move(looking));
  Result<KnownKey> signer = co_await std::move(on_client);
  if (!signer) co_return signer.error();
  co_return std::move(signer->actor);
}

}  // namespace posy::federation
