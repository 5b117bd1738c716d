#include "federation/signatures/rfc9421.hpp"

#include <algorithm>
#include <vector>

#include "base/encoding.hpp"
#include "federation/signatures/characters.hpp"
#include "federation/signatures/digest.hpp"
#include "federation/signatures/structured_fields.hpp"

namespace posy::signatures {
namespace {

constexpr std::size_t signatures_max = 4;
constexpr std::string_view label = "sig1";

Error refused(std::string why) {
  return {Refusal::unauthorized, std::move(why)};
}

std::string_view path_of(Message const& message) {
  std::string_view const target = message.target;
  return target.substr(0, target.find('?'));
}

// With its question mark, which is there even when there is no query (section 2.2.7).
std::string query_of(Message const& message) {
  auto const query = message.target.find('?');
  return query == std::string::npos ? "?" : message.target.substr(query);
}

Result<std::string> value_of(Message const& message, std::string const& component) {
  if (component == "@method") return message.method;
  if (component == "@authority") return normal_authority(message.scheme, message.authority);
  if (component == "@scheme") return in_lower_case(message.scheme);
  if (component == "@path") return std::string{path_of(message)};
  if (component == "@query") return query_of(message);
  if (component == "@request-target") return message.target;
  if (component == "@target-uri")
    return in_lower_case(message.scheme) + "://" + normal_authority(message.scheme, message.authority) +
           message.target;
  bool const is_field_name =
      std::ranges::all_of(component, [](char c) { return is_token(c) && lower(c) == c; });
  if (component.empty() || !is_field_name)
    return refused("The signature covers a component that is not supported");
  auto value = field(message, component);
  if (!value) return refused("The signature covers a header that is not there: " + component);
  return std::move(*value);
}

Result<std::vector<std::string>> components_of(std::vector<Item> const& list) {
  std::vector<std::string> components;
  for (auto const& item : list) {
    auto const* name = std::get_if<std::string>(&item.value);
    if (!name || !item.parameters.empty())
      return refused("The signature covers a component that is not supported");
    if (std::ranges::find(components, *name) != components.end())
      return refused("The signature covers a component twice");
    components.push_back(*name);
  }
  return components;
}

Result<> check_coverage(Message const& message, std::vector<std::string> const& components,
                        std::string_view body) {
  auto covers = [&](std::string_view name) {
    return std::ranges::find(components, name) != components.end();
  };
  bool const has_query = message.target.find('?') != std::string::npos;
  bool const covers_target =
      covers("@target-uri") ||
      (covers("@authority") &&
       (covers("@request-target") || (covers("@path") && (covers("@query") || !has_query))));
  if (!covers("@method")) return refused("The signature must cover @method");
  if (!covers_target) return refused("The signature must cover @target-uri");
  if (has_content(message, body) && !covers("content-digest"))
    return refused("The signature must cover the Content-Digest header");
  return {};
}

Result<Algorithm> algorithm_of(std::vector<Parameter> const& parameters) {
  if (!has_parameter(parameters, "alg")) return Algorithm::by_key;
  auto const* name = find_parameter<std::string>(parameters, "alg");
  if (name && *name == "rsa-v1_5-sha256") return Algorithm::rsa_v1_5_sha256;
  if (name && *name == "ed25519") return Algorithm::ed25519;
  return refused("The signature's algorithm is not supported");
}

Result<Claim> read_member(Message const& message, Member const& input, std::vector<Member> const& signatures,
                          std::string_view body, Time now) {
  auto const* list = std::get_if<std::vector<Item>>(&input.value);
  if (!list) return refused("The Signature-Input header is malformed");
  auto signature = std::ranges::find(signatures, input.key, &Member::key);
  auto const* item = signature == signatures.end() ? nullptr : std::get_if<Item>(&signature->value);
  auto const* bytes = item ? std::get_if<Bytes>(&item->value) : nullptr;
  if (!bytes) return refused("The Signature header does not fit the Signature-Input header");

  auto components = components_of(*list);
  if (!components) return components.error();
  if (auto covered = check_coverage(message, *components, body); !covered) return covered.error();
  auto algorithm = algorithm_of(input.parameters);
  if (!algorithm) return algorithm.error();
  auto const* key_id = find_parameter<std::string>(input.parameters, "keyid");
  auto const* created = find_parameter<std::int64_t>(input.parameters, "created");
  auto const* expires = find_parameter<std::int64_t>(input.parameters, "expires");
  if (!key_id) return refused("The signature must have the parameter keyid");
  if (!created) return refused("The signature must have the parameter created");
  if (!expires && has_parameter(input.parameters, "expires"))
    return refused("A time of the signature is malformed");
  auto base = rfc9421_base(message, *components, serialise(*list, input.parameters));
  if (!base) return base.error();

  // At most 15 digits, so milliseconds fit.
  Claim claim{.form = Form::rfc9421,
              .key_id = *key_id,
              .algorithm = *algorithm,
              .created = from_milliseconds(*created * 1000),
              .base = std::move(*base),
              .signature = bytes->bytes};
  if (expires) claim.expires = from_milliseconds(*expires * 1000);
  if (auto settled = settle(claim, now); !settled) return settled.error();
  if (std::ranges::find(*components, "content-digest") != components->end()) {
    auto checked = check_content_digest(field(message, "content-digest").value_or(""), body);
    if (!checked) return checked.error();
  }
  return claim;
}

}  // namespace

Result<std::string> rfc9421_base(Message const& message, std::span<std::string const> components,
                                 std::string_view parameters) {
  std::string base;
  for (auto const& component : components) {
    auto value = value_of(message, component);
    if (!value) return value.error();
    base.append(serialise_string(component)).append(": ").append(*value).append(1, '\n');
  }
  return base.append("\"@signature-params\": ").append(parameters);
}

Result<Claim> read_rfc9421(Message const& message, std::string_view body, Time now) {
  auto inputs = parse_dictionary(field(message, "signature-input").value_or(""));
  if (!inputs) return inputs.error();
  auto signatures = parse_dictionary(field(message, "signature").value_or(""));
  if (!signatures) return signatures.error();
  if (inputs->empty()) return refused("The Signature-Input header is empty");
  if (inputs->size() > signatures_max) return refused("The request has too many signatures");
  auto first = read_member(message, inputs->front(), *signatures, body, now);
  if (first) return first;
  for (std::size_t i = 1; i < inputs->size(); ++i) {
    auto other = read_member(message, (*inputs)[i], *signatures, body, now);
    if (other) return other;
  }
  return first.error();
}

Fields sign_rfc9421(Message const& message, std::optional<std::string_view> body, std::string_view key_id,
                    crypto::RsaPrivateKey const& key, Time now) {
  // Mastodon wants exactly these two; it and Fedify take the algorithm named or not.
  std::vector<std::string> components{"@method", "@target-uri"};
  Message signed_message = message;
  Fields fields;
  if (body) {
    fields.emplace_back("Content-Digest", make_content_digest(*body));
    signed_message.headers = fields;
    components.push_back("content-digest");
  }
  if (auto followers = field(message, followers_digest)) {
    signed_message.headers.emplace_back(followers_digest, std::move(*followers));
    components.emplace_back(followers_digest);
  }
  std::vector<Item> list;
  for (auto const& component : components) list.push_back({component, {}});
  std::vector<Parameter> parameters{{"created", to_milliseconds(now) / 1000},
                                    {"keyid", std::string{key_id}},
                                    {"alg", std::string{"rsa-v1_5-sha256"}}};
  std::string const input = serialise(list, parameters);
  std::string const base = rfc9421_base(signed_message, components, input).value();
  fields.emplace_back("Signature-Input", std::string{label} + "=" + input);
  fields.emplace_back("Signature", std::string{label} + "=:" + to_base64(key.sign(base)) + ":");
  return fields;
}

}  // namespace posy::signatures
