// Signed requests as the tests of this folder need them: from there.example to here.example.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "federation/signatures/characters.hpp"
#include "federation/signatures/sign.hpp"

namespace posy::signatures {

constexpr std::string_view test_key_id = "https://there.example/users/alice#main-key";
constexpr std::string_view test_body = R"({"type":"Create"})";
inline Time const test_now = parse_http_date("Sun, 22 Nov 2026 15:04:05 GMT").value();

inline crypto::RsaPrivateKey const& test_rsa_key() {
  static crypto::RsaPrivateKey const key = crypto::RsaPrivateKey::generate();
  return key;
}

inline Message post_to_inbox() {
  return {.method = "POST",
          .authority = "here.example",
          .target = "/inbox",
          .headers = {{"Host", "here.example"}, {"Content-Type", "application/activity+json"}}};
}
inline Message get_outbox() {
  return {.method = "GET",
          .authority = "here.example",
          .target = "/users/bob/outbox?page=2",
          .headers = {{"Host", "here.example"}, {"Accept", "application/activity+json"}}};
}

inline Message with(Message message, Fields const& fields) {
  message.headers.insert(message.headers.end(), fields.begin(), fields.end());
  return message;
}
inline Message with_header(Message message, std::string_view name, std::string_view value) {
  std::erase_if(message.headers,
                [&](auto const& header) { return equals_ignoring_case(header.first, name); });
  message.headers.emplace_back(name, value);
  return message;
}
inline Message without_header(Message message, std::string_view name) {
  std::erase_if(message.headers,
                [&](auto const& header) { return equals_ignoring_case(header.first, name); });
  return message;
}

inline Message signed_post(Form form, Time now = test_now) {
  auto message = post_to_inbox();
  return with(message, sign(form, message, test_body, test_key_id, test_rsa_key(), now));
}
inline Message signed_get(Form form, Time now = test_now) {
  auto message = get_outbox();
  return with(message, sign(form, message, std::nullopt, test_key_id, test_rsa_key(), now));
}

inline std::string replaced(std::string text, std::string_view what, std::string_view by) {
  auto const at = text.find(what);
  return at == text.npos ? text + " (not found)" : text.replace(at, what.size(), by);
}

}  // namespace posy::signatures
