#include "federation/signatures/cavage.hpp"

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"
#include "federation/signatures/characters.hpp"
#include "federation/signatures/digest.hpp"

namespace posy::signatures {
namespace {

constexpr std::size_t header_bytes_max = 8192;
constexpr std::size_t parameters_max = 16;
constexpr std::size_t covered_max = 32;
constexpr std::size_t seconds_digits_max = 12;

constexpr std::string_view request_target = "(request-target)";

Error refused(std::string why) {
  return {Refusal::unauthorized, std::move(why)};
}

struct Parameter {
  std::string_view name, value;
};

// key="value" or key=123, with commas between. Values with quotes inside do not occur, so a backslash is
// refused rather than read in one of two ways.
Result<std::vector<Parameter>> parse_parameters(std::string_view text) {
  Error const malformed = refused("The Signature header is malformed");
  std::vector<Parameter> parameters;
  while (true) {
    text = trimmed(text);
    auto const equals = text.find('=');
    if (equals == text.npos || parameters.size() == parameters_max) return malformed;
    auto const name = trimmed(text.substr(0, equals));
    if (name.empty() || !std::ranges::all_of(name, is_token)) return malformed;
    text = trimmed(text.substr(equals + 1));
    std::string_view value;
    if (text.starts_with('"')) {
      auto const end = text.find('"', 1);
      if (end == text.npos) return malformed;
      value = text.substr(1, end - 1);
      text.remove_prefix(end + 1);
    } else {
      value = text.substr(0, text.find_first_of(", \t"));
      if (value.empty()) return malformed;
      text.remove_prefix(value.size());
    }
    auto allowed = [](char c) { return is_printable(c) && c != '\\' && c != '"'; };
    if (!std::ranges::all_of(value, allowed)) return malformed;
    if (std::ranges::any_of(parameters, [&](Parameter const& other) { return other.name == name; }))
      return refused("The Signature header has a parameter twice");
    parameters.push_back({name, value});
    text = trimmed(text);
    if (text.empty()) return parameters;
    if (!text.starts_with(',')) return malformed;
    text.remove_prefix(1);
  }
}

Result<std::vector<std::string>> parse_covered(std::string_view names) {
  std::vector<std::string> covered;
  while (!(names = trimmed(names)).empty()) {
    auto const name = names.substr(0, names.find(' '));
    names.remove_prefix(name.size());
    auto allowed = [](char c) { return is_token(c) || c == '(' || c == ')'; };
    if (!std::ranges::all_of(name, allowed) || covered.size() == covered_max)
      return refused("The list of signed headers is malformed");
    covered.push_back(in_lower_case(name));
    if (std::ranges::count(covered, covered.back()) > 1)
      return refused("The list of signed headers names one twice");
  }
  return covered;
}

// Seconds since 1970; the draft allows a fraction, of which nobody needs anything.
Result<Time> parse_seconds(std::string_view text) {
  auto const digits = text.substr(0, text.find('.'));
  std::int64_t seconds = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (digits.empty() || digits.size() > seconds_digits_max || error != std::errc{} ||
      end != digits.data() + digits.size() || seconds < 0)
    return refused("A time of the signature is malformed");
  return from_milliseconds(seconds * 1000);
}

bool covers(CavageSignature const& signature, std::string_view name) {
  return std::ranges::find(signature.covered, name) != signature.covered.end();
}

Result<Algorithm> algorithm_of(std::string const& name) {
  std::string const known = in_lower_case(name);
  if (known == "rsa-sha256") return Algorithm::rsa_v1_5_sha256;
  if (known == "ed25519") return Algorithm::ed25519;
  if (known == "hs2019" || known.empty()) return Algorithm::by_key;
  return refused("The signature's algorithm is not supported");
}

Result<> check_coverage(Message const& message, CavageSignature const& signature, std::string_view body) {
  if (!covers(signature, request_target)) return refused("The signature must cover (request-target)");
  if (!covers(signature, "host")) return refused("The signature must cover the Host header");
  if (!covers(signature, "date") && !covers(signature, "(created)"))
    return refused("The signature must cover the Date header or (created)");
  if (has_content(message, body) && !covers(signature, "digest"))
    return refused("The signature must cover the Digest header");

  // The signer said to whom he speaks; without this, what he sent to another server could be sent on to us.
  auto const host = field(message, "host").value_or("");
  if (normal_authority(message.scheme, host) != normal_authority(message.scheme, message.authority))
    return refused("The request was signed for another host");
  return {};
}

// The older of two times counts, so that neither can make an old request new.
Result<Time> time_of(Message const& message, CavageSignature const& signature) {
  std::optional<Time> created;
  if (covers(signature, "date")) {
    created = parse_http_date(field(message, "date").value_or(""));
    if (!created) return refused("The Date header is malformed");
  }
  if (covers(signature, "(created)")) {
    auto parsed = parse_seconds(signature.created);
    if (!parsed) return parsed.error();
    created = created ? std::min(*created, *parsed) : *parsed;
  }
  return *created;
}

}  // namespace

Result<CavageSignature> parse_cavage(std::string_view value) {
  if (value.size() > header_bytes_max) return refused("The Signature header is too long");
  auto parameters = parse_parameters(value);
  if (!parameters) return parameters.error();
  CavageSignature signature;
  for (auto const& [name, text] : *parameters) {
    if (name == "keyId") signature.key_id = text;
    if (name == "algorithm") signature.algorithm = text;
    if (name == "created") signature.created = text;
    if (name == "expires") signature.expires = text;
    if (name == "headers") {
      auto covered = parse_covered(text);
      if (!covered) return covered.error();
      signature.covered = std::move(*covered);
    }
    if (name == "signature") {
      auto decoded = from_base64(text);
      if (!decoded) return refused("The signature is not base64");
      signature.signature = std::move(*decoded);
    }
  }
  return signature;
}

Result<std::string> cavage_base(Message const& message, CavageSignature const& signature,
                                std::string_view target) {
  std::string base;
  for (auto const& name : signature.covered) {
    if (!base.empty()) base += '\n';
    base.append(name).append(": ");
    if (name == request_target) {
      base.append(in_lower_case(message.method)).append(1, ' ').append(target);
    } else if (name == "(created)" || name == "(expires)") {
      auto const& time = name == "(created)" ? signature.created : signature.expires;
      // Section 2.3: only for algorithms that are not named for what they are.
      if (time.empty() || in_lower_case(signature.algorithm).starts_with("rsa"))
        return refused("The signature covers " + name + " without having it");
      base += time;
    } else {
      auto value = field(message, name);
      if (!value) return refused("The signature covers a header that is not there: " + name);
      base += *value;
    }
  }
  return base;
}

Result<Claim> read_cavage(Message const& message, std::string_view value, std::string_view body, Time now) {
  auto signature = parse_cavage(value);
  if (!signature) return signature.error();
  if (auto covered = check_coverage(message, *signature, body); !covered) return covered.error();
  auto algorithm = algorithm_of(signature->algorithm);
  if (!algorithm) return algorithm.error();
  auto created = time_of(message, *signature);
  if (!created) return created.error();
  auto base = cavage_base(message, *signature, message.target);
  if (!base) return base.error();

  Claim claim{.form = Form::cavage,
              .key_id = signature->key_id,
              .algorithm = *algorithm,
              .created = *created,
              .base = std::move(*base),
              .signature = signature->signature};
  if (!signature->expires.empty()) {
    auto expires = parse_seconds(signature->expires);
    if (!expires) return expires.error();
    claim.expires = *expires;
  }
  // Fedify and Mastodon before 4.3 leave the query out. That is let pass where nothing is changed.
  if (auto const query = message.target.find('?');
      query != std::string::npos && !has_content(message, body)) {
    auto other = cavage_base(message, *signature, std::string_view{message.target}.substr(0, query));
    if (!other) return other.error();
    claim.other_base = std::move(*other);
  }
  if (auto settled = settle(claim, now); !settled) return settled.error();
  // Last, for it is the only step that takes time by the size of the body.
  if (covers(*signature, "digest")) {
    auto checked = check_digest(field(message, "digest").value_or(""), body);
    if (!checked) return checked.error();
  }
  return claim;
}

Fields sign_cavage(Message const& message, std::optional<std::string_view> body, std::string_view key_id,
                   crypto::RsaPrivateKey const& key, Time now) {
  std::string const date = to_http_date(now);
  std::string names = "(request-target) host date";
  std::string base = "(request-target): " + in_lower_case(message.method) + " " + message.target +
                     "\nhost: " + message.authority + "\ndate: " + date;
  Fields fields{{"Date", date}};
  if (body) {
    fields.emplace_back("Digest", make_digest(*body));
    names += " digest";
    base += "\ndigest: " + fields.back().second;
  }
  if (auto const followers = field(message, followers_digest)) {
    names += " " + std::string{followers_digest};
    base += "\n" + std::string{followers_digest} + ": " + *followers;
  }
  std::string signature = "keyId=\"" + std::string{key_id} + "\",algorithm=\"rsa-sha256\",headers=\"" +
                          names + "\",signature=\"" + to_base64(key.sign(base)) + "\"";
  fields.emplace_back("Signature", std::move(signature));
  return fields;
}

}  // namespace posy::signatures
