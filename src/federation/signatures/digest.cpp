#include "federation/signatures/digest.hpp"

#include <algorithm>
#include <optional>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "federation/signatures/characters.hpp"
#include "federation/signatures/structured_fields.hpp"

namespace posy::signatures {
namespace {

constexpr std::size_t header_bytes_max = 1024;
constexpr std::size_t digests_max = 8;

Error refused(char const* why) {
  return {Refusal::unauthorized, why};
}

// Compares with each algorithm that we know; hashes the body at most once for each.
class Comparison {
 public:
  explicit Comparison(std::string_view body) : body_(body) {}

  // `algorithm` in lower case. False when the digest is wrong.
  bool take(std::string_view algorithm, std::string_view digest) {
    auto const* expected = expected_by(algorithm);
    if (!expected) return true;
    is_known_ = true;
    return crypto::constant_time_equal(*expected, digest);
  }
  bool is_known() const { return is_known_; }

 private:
  std::string const* expected_by(std::string_view algorithm) {
    if (algorithm == "sha-256") return &(sha256_ ? *sha256_ : sha256_.emplace(crypto::sha256(body_)));
    if (algorithm == "sha-512") return &(sha512_ ? *sha512_ : sha512_.emplace(crypto::sha512(body_)));
    return nullptr;
  }

  std::string_view body_;
  std::optional<std::string> sha256_, sha512_;
  bool is_known_ = false;
};

}  // namespace

std::string make_digest(std::string_view body) {
  return "SHA-256=" + to_base64(crypto::sha256(body));
}

std::string make_content_digest(std::string_view body) {
  return "sha-256=:" + to_base64(crypto::sha256(body)) + ":";
}

Result<> check_digest(std::string_view header, std::string_view body) {
  if (header.size() > header_bytes_max) return refused("The Digest header is too long");
  if (static_cast<std::size_t>(std::ranges::count(header, ',')) >= digests_max)
    return refused("The Digest header has too many digests");
  Comparison comparison{body};
  while (true) {
    auto const comma = header.find(',');
    auto const one = trimmed(header.substr(0, comma));
    auto const equals = one.find('=');
    if (equals == one.npos) return refused("The Digest header is malformed");
    // What is no base64 is equal to nothing; other algorithms need not write their values so.
    auto digest = from_base64(one.substr(equals + 1)).value_or("");
    if (!comparison.take(in_lower_case(one.substr(0, equals)), digest))
      return refused("The digest does not match the body");
    if (comma == header.npos) break;
    header.remove_prefix(comma + 1);
  }
  if (!comparison.is_known()) return refused("The Digest header has no SHA-256 digest");
  return {};
}

Result<> check_content_digest(std::string_view header, std::string_view body) {
  if (header.size() > header_bytes_max) return refused("The Content-Digest header is too long");
  auto members = parse_dictionary(header);
  if (!members) return refused("The Content-Digest header is malformed");
  Comparison comparison{body};
  for (auto const& member : *members) {
    auto const* item = std::get_if<Item>(&member.value);
    auto const* digest = item ? std::get_if<Bytes>(&item->value) : nullptr;
    if (!digest) return refused("The Content-Digest header is malformed");
    if (!comparison.take(member.key, digest->bytes)) return refused("The digest does not match the body");
  }
  if (!comparison.is_known()) return refused("The Content-Digest header has no sha-256 digest");
  return {};
}

}  // namespace posy::signatures
