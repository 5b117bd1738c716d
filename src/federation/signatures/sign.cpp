#include "federation/signatures/sign.hpp"

#include "federation/signatures/cavage.hpp"
#include "federation/signatures/rfc9421.hpp"

namespace posy::signatures {

Fields sign(Form form, Message const& message, std::optional<std::string_view> body, std::string_view key_id,
            crypto::RsaPrivateKey const& key, Time now) {
  return form == Form::cavage ? sign_cavage(message, body, key_id, key, now)
                              : sign_rfc9421(message, body, key_id, key, now);
}

}  // namespace posy::signatures
