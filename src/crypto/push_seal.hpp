// What is pushed can be read by the app alone, not by the service that passes it on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/p256.hpp"

namespace posy::crypto {

constexpr std::size_t push_auth_bytes = 16, push_salt_bytes = 16;
constexpr std::size_t push_text_max = 3993;  // so that no push service needs to refuse it (RFC 8291, section 4)

// Who reads it: the subscription's p256dh and auth, raw.
struct PushReader {
  std::string point;
  std::string auth;
};

// A key and a salt for one message alone.
struct PushSender {
  P256PrivateKey key;
  std::string salt;

  static PushSender make();
};

// The body, which says all that is needed to open it: Content-Encoding aes128gcm (RFC 8291, section 3; RFC 8188). At most
// push_text_max bytes; nothing where the reader's point is none.
std::optional<std::string> seal_push(PushSender const& sender, PushReader const& reader, std::string_view text);
// Content-Encoding aesgcm (draft-ietf-webpush-encryption-04, draft-ietf-httpbis-encryption-encoding-03), which apps that
// came before the standard ask for: the sender's key and salt go beside it, as headers.
std::optional<std::string> seal_early_push(PushSender const& sender, PushReader const& reader, std::string_view text);

}  // namespace posy::crypto
