// Any bytes as a signed request: "METHOD target", header lines, an empty line, a body. What is believed has
// everything that it needs, and what is one thing to us has one spelling. The body stands for a document with
// a proof and for keys as well.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "crypto/base58.hpp"
#include "federation/signatures/cavage.hpp"
#include "federation/signatures/digest.hpp"
#include "federation/signatures/proof.hpp"
#include "federation/signatures/structured_fields.hpp"
#include "federation/signatures/verify.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"

namespace {

using namespace posy;
using namespace posy::signatures;

Time const now = parse_rfc3339("2026-11-22T15:04:05Z").value();

crypto::Ed25519PrivateKey const& key() {
  static auto const made = crypto::Ed25519PrivateKey::from_seed(std::string(43, 'A')).value();
  return made;
}

std::string_view take_until(std::string_view& text, char end) {
  auto const part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

// What is left of `text` is the body.
Message read_message(std::string_view& text) {
  Message message{.authority = "here.example"};
  message.method = take_until(text, ' ');
  message.target = take_until(text, '\n');
  while (!text.empty() && message.headers.size() < 100) {
    auto line = take_until(text, '\n');
    if (line.empty()) break;
    auto const name = take_until(line, ':');
    message.headers.emplace_back(name, line);
  }
  return message;
}

void check_claim(Message const& message, std::string_view body) {
  auto claim = read_claim(message, body, now);
  if (!claim) {
    POSY_ASSERT(claim.error().refusal == Refusal::unauthorized && !claim.error().message.empty());
    return;
  }
  POSY_ASSERT(is_signed(message));
  POSY_ASSERT(!claim->key_id.empty() && claim->key_id.size() <= key_id_bytes_max);
  POSY_ASSERT(!claim->signature.empty() && claim->signature.size() <= signature_bytes_max);
  POSY_ASSERT(claim->created >= now - clock_window && claim->created <= now + clock_window);
  POSY_ASSERT(claim->replayable_until >= now && claim->replayable_until <= now + 2 * clock_window);
  POSY_ASSERT(claim->base.find(message.target.substr(0, message.target.find('?'))) != std::string::npos);
  POSY_ASSERT(!holds(*claim, key().public_key()) || claim->algorithm != Algorithm::rsa_v1_5_sha256);
}

void check_structured_field(std::string_view text) {
  auto members = parse_dictionary(text);
  if (!members) return;
  for (auto const& member : *members) {
    auto const* list = std::get_if<std::vector<Item>>(&member.value);
    if (!list) continue;
    std::string const spelling = serialise(*list, member.parameters);
    auto again = parse_dictionary("a=" + spelling);
    if (!again) {
      POSY_ASSERT(spelling.size() + 2 > structured_field_bytes_max);
      continue;
    }
    POSY_ASSERT(serialise(std::get<std::vector<Item>>(again->front().value), again->front().parameters) ==
                spelling);
  }
}

void check_document(std::string_view text) {
  auto document = json::parse(text);
  auto canonical = document ? json::canonical(*document) : Error{};
  if (!canonical) return;
  auto again = json::parse(*canonical, {.bytes_max = 16 << 20}).value();
  POSY_ASSERT(json::canonical(again).value() == *canonical);
  auto* object = document->if_object();
  if (!object) return;
  static_cast<void>(read_proof(*object, now));
  POSY_ASSERT(!proof_holds(*object, key().public_key()));
  POSY_ASSERT(add_proof(*object, "https://there.example/key", key(), now).has_value());
  POSY_ASSERT(read_proof(*object, now).has_value() && proof_holds(*object, key().public_key()));
}

void check_keys(std::string_view text) {
  if (auto bytes = crypto::from_base58(text)) POSY_ASSERT(crypto::to_base58(*bytes) == text);
  if (auto found = crypto::Ed25519PublicKey::from_multikey(text)) POSY_ASSERT(found->to_multikey() == text);
  auto rsa = crypto::RsaPublicKey::from_pem(text);
  if (rsa) POSY_ASSERT(!rsa->verify("message", std::string(256, 'x')));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  std::string_view body = text;
  Message const message = read_message(body);
  check_claim(message, body);
  for (auto const& [name, value] : message.headers) {
    check_structured_field(value);
    static_cast<void>(parse_cavage(value));
    static_cast<void>(check_digest(value, body));
    static_cast<void>(check_content_digest(value, body));
  }
  check_document(body);
  check_keys(body);
  return 0;
}
