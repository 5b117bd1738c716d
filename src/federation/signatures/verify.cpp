#include "federation/signatures/verify.hpp"

#include "federation/signatures/cavage.hpp"
#include "federation/signatures/characters.hpp"
#include "federation/signatures/rfc9421.hpp"

namespace posy::signatures {
namespace {

constexpr std::string_view scheme = "signature ";

// In what is signed every line stands for one thing, so nothing may bring line ends of its own. The HTTP
// layer lets none pass either.
bool has_plain_lines(Message const& message) {
  auto is_plain = [](std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) == text.npos;
  };
  return std::ranges::all_of(message.method, is_token) && is_plain(message.target) &&
         std::ranges::all_of(message.headers, [&](auto const& header) {
           return is_plain(header.first) && is_plain(header.second);
         });
}

// Authorization carries passwords and tokens too; only its scheme "Signature" is ours.
std::optional<std::string> authorization(Message const& message) {
  auto value = field(message, "authorization");
  if (!value || !equals_ignoring_case(std::string_view{*value}.substr(0, scheme.size()), scheme)) return {};
  return value->substr(scheme.size());
}

}  // namespace

bool is_signed(Message const& message) {
  return field(message, "signature-input") || field(message, "signature") || authorization(message);
}

Result<Claim> read_claim(Message const& message, std::string_view body, Time now) {
  if (!message.target.starts_with('/') || !has_plain_lines(message))
    return Error{Refusal::unauthorized, "This request cannot be signed"};
  if (field(message, "signature-input")) return read_rfc9421(message, body, now);
  if (auto value = field(message, "signature")) return read_cavage(message, *value, body, now);
  if (auto value = authorization(message)) return read_cavage(message, *value, body, now);
  return Error{Refusal::unauthorized, "The request is not signed"};
}

}  // namespace posy::signatures
