#include "federation/remote/signer.hpp"

#include "http/url.hpp"

namespace posy::federation {

signatures::Message message_of(Context const& context, http::Request const& request) {
  signatures::Message message;
  message.method = std::string(http::to_string(request.method));
  if (auto base = http::parse_url(context.site.base_url)) {
    message.scheme = base->is_https ? "https" : "http";
    message.authority = base->authority();
  }
  message.target = request.target;
  for (std::size_t i = 0; i < request.headers.size(); ++i)
    message.headers.emplace_back(request.headers.name(i), request.headers.value(i));
  return message;
}

Task<Result<KnownKey>> find_signer(Context& context, signatures::Claim claim) {
  Task<Result<KnownKey>> finding = find_key(context, claim.key_id, Freshness::known);
  Result<KnownKey> known = co_await std::move(finding);
  if (!known) co_return known.error();
  if (signatures::holds(claim, known->key)) co_return known;
  Task<Result<KnownKey>> again = find_key(context, claim.key_id, Freshness::now);
  Result<KnownKey> fresh = co_await std::move(again);
  if (!fresh) co_return fresh.error();
  if (signatures::holds(claim, fresh->key)) co_return fresh;
  co_return Error{Refusal::unauthorized, "The signature does not hold"};
}

}  // namespace posy::federation
