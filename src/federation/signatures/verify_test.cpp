#include "federation/signatures/verify.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "federation/signatures/cavage.hpp"
#include "federation/signatures/digest.hpp"
#include "federation/signatures/rfc9421.hpp"
#include "federation/signatures/test_requests.hpp"

namespace posy::signatures {
namespace {

using namespace std::chrono_literals;

constexpr Form forms[] = {Form::cavage, Form::rfc9421};

crypto::PublicKey test_public_key() {
  return test_rsa_key().public_key();
}

std::string seconds(Time time) {
  return std::to_string(to_milliseconds(time) / 1000);
}

// A draft-cavage signature over what the test wants. `parameters` stands before the list of headers.
Message cavage_signed(Message message, std::string_view covered, std::string_view parameters = "") {
  std::string value = "keyId=\"" + std::string{test_key_id} + "\"," + std::string{parameters} + "headers=\"" +
                      std::string{covered} + "\"";
  auto signature = parse_cavage(value).value();
  auto base = cavage_base(message, signature, message.target).value();
  return with(message,
              {{"Signature", value + ",signature=\"" + to_base64(test_rsa_key().sign(base)) + "\""}});
}

// An RFC 9421 signature over what the test wants; `input` is the list and its parameters.
Message rfc9421_signed(Message message, std::string_view input) {
  std::vector<std::string> components;
  std::string_view rest = input.substr(0, input.find(')'));
  while (rest.find('"') != rest.npos) {
    rest.remove_prefix(rest.find('"') + 1);
    components.emplace_back(rest.substr(0, rest.find('"')));
    rest.remove_prefix(rest.find('"') + 1);
  }
  auto base = rfc9421_base(message, components, input).value();
  return with(message, {{"Signature-Input", "sig1=" + std::string{input}},
                        {"Signature", "sig1=:" + to_base64(test_rsa_key().sign(base)) + ":"}});
}

std::string default_parameters() {
  return ";created=" + seconds(test_now) + ";keyid=\"" + std::string{test_key_id} + "\"";
}

Message dated_post() {
  return with(post_to_inbox(), {{"Date", to_http_date(test_now)},
                                {"Digest", make_digest(test_body)},
                                {"Content-Digest", make_content_digest(test_body)}});
}
Message dated_get() {
  return with(get_outbox(), {{"Date", to_http_date(test_now)}});
}

void expect_holds(Message const& message, std::string_view body) {
  auto claim = read_claim(message, body, test_now);
  ASSERT_TRUE(claim) << claim.error().message;
  EXPECT_TRUE(holds(*claim, test_public_key()));
}
void expect_refused(Message const& message, std::string_view body, std::string_view why,
                    Time now = test_now) {
  auto claim = read_claim(message, body, now);
  ASSERT_FALSE(claim) << why;
  EXPECT_EQ(claim.error().refusal, Refusal::unauthorized);
  EXPECT_NE(claim.error().message.find(why), std::string::npos) << claim.error().message << " for " << why;
}

TEST(Signatures, CoverTheDigestOfFollowersWhereItIsSent) {
  for (auto form : forms) {
    auto message = with(post_to_inbox(), {{"Collection-Synchronization", "digest=\"00\""}});
    message = with(message, sign(form, message, test_body, test_key_id, test_rsa_key(), test_now));
    auto claim = read_claim(message, test_body, test_now);
    ASSERT_TRUE(claim);
    EXPECT_TRUE(holds(*claim, test_public_key()));
    EXPECT_NE(claim->base.find("collection-synchronization"), std::string::npos);
    auto changed = read_claim(with_header(message, "Collection-Synchronization", "digest=\"01\""), test_body, test_now);
    ASSERT_TRUE(changed);
    EXPECT_FALSE(holds(*changed, test_public_key()));
  }
}

TEST(Signature, WhatOneSignsTheOtherBelieves) {
  for (Form form : forms) {
    auto message = signed_post(form);
    EXPECT_TRUE(is_signed(message));
    auto claim = read_claim(message, test_body, test_now);
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_EQ(claim->form, form);
    EXPECT_EQ(claim->key_id, test_key_id);
    EXPECT_EQ(claim->created, test_now);
    EXPECT_FALSE(claim->expires);
    EXPECT_EQ(claim->algorithm, Algorithm::rsa_v1_5_sha256);
    EXPECT_TRUE(holds(*claim, test_public_key()));
    expect_holds(signed_get(form), "");
  }
}

TEST(Signature, UnsignedRequestsSaySo) {
  EXPECT_FALSE(is_signed(get_outbox()));
  EXPECT_FALSE(is_signed(with(get_outbox(), {{"Authorization", "Bearer secret"}})));
  expect_refused(get_outbox(), "", "not signed");
}

TEST(Signature, AnotherKeyDoesNotHold) {
  auto stranger = crypto::RsaPrivateKey::generate();
  for (Form form : forms)
    EXPECT_FALSE(holds(read_claim(signed_post(form), test_body, test_now).value(), stranger.public_key()));
}

TEST(Signature, ChangedBodiesAreSeenBeforeAnyKey) {
  for (Form form : forms) {
    expect_refused(signed_post(form), std::string{test_body} + " ", "digest does not match");
    expect_refused(signed_post(form), "", "digest does not match");
  }
}

TEST(Signature, ChangedRequestsDoNotHold) {
  for (Form form : forms) {
    auto message = signed_post(form);
    auto other_method = message, other_target = message, with_query = message;
    other_method.method = "PUT";
    other_target.target = "/users/bob/inbox";
    with_query.target = "/inbox?x=1";
    for (auto const& changed : {other_method, other_target, with_query}) {
      auto claim = read_claim(changed, test_body, test_now);
      ASSERT_TRUE(claim) << claim.error().message;
      EXPECT_FALSE(holds(*claim, test_public_key()));
    }
    // A new body with a new digest.
    std::string const forged = "{}";
    auto changed = with_header(with_header(message, "Digest", make_digest(forged)), "Content-Digest",
                               make_content_digest(forged));
    auto claim = read_claim(changed, forged, test_now);
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_FALSE(holds(*claim, test_public_key()));
  }
}

TEST(Signature, ForAnotherServerDoesNotHoldHere) {
  // As evil.example would send on what alice sent to it. The authority is ours whatever Host says.
  auto sent_elsewhere = [](Form form) {
    auto message = post_to_inbox();
    message.authority = "evil.example";
    auto fields = sign(form, message, test_body, test_key_id, test_rsa_key(), test_now);
    return with(with_header(post_to_inbox(), "Host", "evil.example"), fields);
  };
  expect_refused(sent_elsewhere(Form::cavage), test_body, "another host");
  auto claim = read_claim(sent_elsewhere(Form::rfc9421), test_body, test_now).value();
  EXPECT_FALSE(holds(claim, test_public_key()));
}

TEST(Signature, HostsMayBeSpelledDifferently) {
  for (std::string_view host : {"HERE.example", "here.example:443"}) {
    auto message = with_header(dated_post(), "Host", host);
    expect_holds(cavage_signed(message, "(request-target) host date digest"), test_body);
  }
  auto twice = with(dated_post(), {{"Host", "here.example"}});
  expect_refused(cavage_signed(twice, "(request-target) host date digest"), test_body, "another host");
}

TEST(Signature, ThePortIsPartOfTheName) {
  auto message = with_header(dated_get(), "Host", "here.example:8443");
  expect_refused(cavage_signed(message, "(request-target) host date"), "", "another host");
  message.authority = "here.example:8443";
  expect_holds(cavage_signed(message, "(request-target) host date"), "");
}

TEST(Signature, IsGoodWithinTheClockWindowOnly) {
  for (Form form : forms) {
    for (auto age : {-1h, 0h, 1h})
      EXPECT_TRUE(read_claim(signed_post(form, test_now - age), test_body, test_now));
    auto expect_at = [&](Milliseconds age, std::string_view why) {
      expect_refused(signed_post(form, test_now - age), test_body, why);
    };
    expect_at(1h + 1s, "too old");
    expect_at(12h, "too old");
    expect_at(-1h - 1s, "from the future");
    expect_at(-24h * 365 * 100, "from the future");
  }
}

TEST(Signature, IsRememberedUntilItIsTooOld) {
  for (Form form : forms) {
    auto claim = read_claim(signed_post(form, test_now + 30min), test_body, test_now).value();
    EXPECT_EQ(claim.replayable_until, test_now + 90min);
    EXPECT_TRUE(read_claim(signed_post(form, test_now + 30min), test_body, claim.replayable_until));
    expect_refused(signed_post(form, test_now + 30min), test_body, "too old", claim.replayable_until + 1s);
  }
}

TEST(Signature, TheReplayKeyDependsOnTheSignatureAlone) {
  auto replay_key = [](Message const& message) {
    return read_claim(message, test_body, test_now).value().replay_key;
  };
  auto message = signed_post(Form::rfc9421);
  auto without_padding = message;
  without_padding.headers.back().second = replaced(message.headers.back().second, "==:", ":");
  EXPECT_EQ(replay_key(message).size(), 64u);
  EXPECT_EQ(replay_key(without_padding), replay_key(message));
  EXPECT_NE(replay_key(signed_post(Form::rfc9421, test_now + 1s)), replay_key(message));
  EXPECT_NE(replay_key(signed_post(Form::cavage)), replay_key(message));
}

TEST(Signature, BringsNoLinesOfItsOwn) {
  for (Form form : forms) {
    auto message = signed_post(form);
    expect_refused(with(message, {{"X", "a\nb"}}), test_body, "cannot be signed");
    expect_refused(with(message, {{"X\r", "a"}}), test_body, "cannot be signed");
    auto target = message, method = message, absolute = message, star = message;
    target.target = "/inbox\nhost: here.example";
    method.method = "POST /inbox\nhost";
    absolute.target = "https://here.example/inbox";
    star.target = "*";
    for (auto const& bad : {target, method, absolute, star})
      expect_refused(bad, test_body, "cannot be signed");
  }
}

TEST(Signature, BoundsItsKeyIdAndItsBytes) {
  for (Form form : forms) {
    auto signed_by = [&](std::string const& key_id) {
      return with(get_outbox(), sign(form, get_outbox(), std::nullopt, key_id, test_rsa_key(), test_now));
    };
    EXPECT_TRUE(read_claim(signed_by(std::string(key_id_bytes_max, 'k')), "", test_now));
    expect_refused(signed_by(std::string(key_id_bytes_max + 1, 'k')), "", "no usable key");
    expect_refused(signed_by(""), "", "no usable key");
  }
  auto cavage = signed_get(Form::cavage);
  auto header = field(cavage, "signature").value();
  auto up_to_signature = header.substr(0, header.find("signature=\"")) + "signature=\"";
  for (std::size_t bytes : {std::size_t{0}, signature_bytes_max + 1}) {
    auto value = up_to_signature + to_base64(std::string(bytes, 'x')) + "\"";
    expect_refused(with_header(cavage, "Signature", value), "", "impossible length");
  }
}

TEST(CavageClaim, AuthorizationIsAnotherPlaceForIt) {
  auto message = signed_post(Form::cavage);
  auto value = field(message, "signature").value();
  for (std::string_view scheme : {"Signature ", "signature  "}) {
    auto moved =
        with_header(without_header(message, "Signature"), "Authorization", std::string{scheme} + value);
    EXPECT_TRUE(is_signed(moved));
    expect_holds(moved, test_body);
  }
}

TEST(CavageClaim, MustCoverWhatMatters) {
  auto post = [](std::string_view covered) { return cavage_signed(dated_post(), covered); };
  expect_refused(post("host date digest"), test_body, "(request-target)");
  expect_refused(post("(request-target) date digest"), test_body, "Host");
  expect_refused(post("(request-target) host digest"), test_body, "Date");
  expect_refused(post("(request-target) host date"), test_body, "Digest");
  expect_refused(post("(request-target) host date"), "", "Digest");
  expect_refused(cavage_signed(dated_post(), ""), test_body, "(request-target)");
  auto without_list = with(dated_get(), {{"Signature", "keyId=\"k\",signature=\"aGk=\""}});
  expect_refused(without_list, "", "(request-target)");
  // A GET with a body is no way around the digest.
  expect_refused(cavage_signed(dated_get(), "(request-target) host date"), "body", "Digest");
  // Covered but not there, which is not the same as empty.
  expect_refused(without_header(post("(request-target) host date digest"), "Digest"), test_body,
                 "not there: digest");
}

TEST(CavageClaim, KnowsTheTimesInParentheses) {
  auto created = "created=" + seconds(test_now) + ",";
  auto const covered = "(request-target) host (created)";
  expect_holds(cavage_signed(get_outbox(), covered, created), "");
  expect_holds(cavage_signed(get_outbox(), covered, "algorithm=\"hs2019\"," + created), "");
  auto old = "created=" + seconds(test_now - 2h) + ",";
  expect_refused(cavage_signed(get_outbox(), covered, old), "", "too old");
  // A fresh Date does not make an old (created) new, nor the other way round.
  expect_refused(cavage_signed(dated_get(), "(request-target) host date (created)", old), "", "too old");
  auto stale = with(get_outbox(), {{"Date", to_http_date(test_now - 2h)}});
  expect_refused(cavage_signed(stale, "(request-target) host date (created)", created), "", "too old");
  for (std::string_view bad :
       {"created=x,", "created=\"\",", "created=-5,", "created=1234567890123,", "created=1e9,"}) {
    auto value =
        "keyId=\"k\"," + std::string{bad} + "headers=\"(request-target) host (created)\",signature=\"aGk=\"";
    EXPECT_FALSE(read_claim(with(get_outbox(), {{"Signature", value}}), "", test_now)) << bad;
  }
}

TEST(CavageClaim, DatesMustBeReadable) {
  for (std::string_view date : {"", "yesterday", "Sun, 22 Nov 2026 15:04:05 +0000", "1763823845"}) {
    auto message = with(get_outbox(), {{"Date", std::string{date}}});
    expect_refused(cavage_signed(message, "(request-target) host date"), "", "Date header is malformed");
  }
  auto twice = with(dated_get(), {{"Date", to_http_date(test_now)}});
  expect_refused(cavage_signed(twice, "(request-target) host date"), "", "Date header is malformed");
}

TEST(CavageClaim, ExpiryCounts) {
  auto expiring = [](Time when) {
    return cavage_signed(dated_get(), "(request-target) host date (expires)",
                         "algorithm=\"hs2019\",expires=" + seconds(when) + ",");
  };
  auto claim = read_claim(expiring(test_now + 5min), "", test_now).value();
  EXPECT_EQ(claim.expires, test_now + 5min);
  EXPECT_EQ(claim.replayable_until, test_now + 5min);
  EXPECT_TRUE(holds(claim, test_public_key()));
  expect_refused(expiring(test_now - 1s), "", "expired");
}

TEST(CavageClaim, AlgorithmsAreThoseOfKeys) {
  auto signed_as = [](std::string_view algorithm) {
    return cavage_signed(dated_get(), "(request-target) host date",
                         "algorithm=\"" + std::string{algorithm} + "\",");
  };
  for (std::string_view good : {"rsa-sha256", "RSA-SHA256", "hs2019"}) expect_holds(signed_as(good), "");
  for (std::string_view bad : {"rsa-sha1", "rsa-sha512", "hmac-sha256", "ecdsa-sha256", "none", "x"})
    expect_refused(signed_as(bad), "", "not supported");
  auto claim = read_claim(signed_as("ed25519"), "", test_now).value();
  EXPECT_FALSE(holds(claim, test_public_key()));
}

TEST(CavageClaim, Ed25519KeysHoldToo) {
  auto key = crypto::Ed25519PrivateKey::generate();
  for (auto const& [algorithm, holds_there] :
       {std::pair{"hs2019", true}, std::pair{"ed25519", true}, std::pair{"rsa-sha256", false}}) {
    auto message = dated_get();
    auto value =
        "keyId=\"k\",algorithm=\"" + std::string{algorithm} + "\",headers=\"(request-target) host date\"";
    auto base = cavage_base(message, parse_cavage(value).value(), message.target).value();
    message = with(message, {{"Signature", value + ",signature=\"" + to_base64(key.sign(base)) + "\""}});
    auto claim = read_claim(message, "", test_now).value();
    EXPECT_EQ(holds(claim, key.public_key()), holds_there) << algorithm;
    EXPECT_FALSE(holds(claim, test_public_key()));
  }
}

TEST(CavageClaim, AReadersQueryMayBeLeftOut) {
  // As Fedify signs.
  auto bare = dated_get();
  bare.target = "/users/bob/outbox";
  auto message = cavage_signed(bare, "(request-target) host date");
  message.target = "/users/bob/outbox?page=2";
  expect_holds(message, "");
  message.target = "/users/eve/outbox?page=2";
  EXPECT_FALSE(holds(read_claim(message, "", test_now).value(), test_public_key()));
  // Where something is done, every part of the target counts.
  auto post = cavage_signed(dated_post(), "(request-target) host date digest");
  post.target = "/inbox?page=2";
  EXPECT_FALSE(holds(read_claim(post, test_body, test_now).value(), test_public_key()));
}

TEST(CavageClaim, MoreHeadersAreFine) {
  auto message = with(dated_post(), {{"User-Agent", "test (+https://there.example/)"}});
  expect_holds(cavage_signed(message, "(request-target) content-type Date digest host user-agent"),
               test_body);
}

TEST(Rfc9421Claim, MustCoverWhatMatters) {
  auto post = [](std::string const& list) {
    return rfc9421_signed(dated_post(), list + default_parameters());
  };
  expect_refused(post(R"(("@target-uri" "content-digest"))"), test_body, "@method");
  expect_refused(post(R"(("@method" "content-digest"))"), test_body, "@target-uri");
  expect_refused(post(R"(("@method" "@authority" "content-digest"))"), test_body, "@target-uri");
  expect_refused(post(R"(("@method" "@path" "content-digest"))"), test_body, "@target-uri");
  expect_refused(post(R"(("@method" "@request-target" "content-digest"))"), test_body, "@target-uri");
  expect_refused(post(R"(("@method" "@target-uri"))"), test_body, "Content-Digest");
  expect_refused(post(R"(("@method" "@target-uri" "digest"))"), test_body, "Content-Digest");
  expect_refused(post("()"), test_body, "@method");
  expect_refused(without_header(post(R"(("@method" "@target-uri" "content-digest"))"), "Content-Digest"),
                 test_body, "not there: content-digest");
  auto get = [](std::string const& list) {
    return rfc9421_signed(get_outbox(), list + default_parameters());
  };
  expect_refused(get(R"(("@method" "@authority" "@path"))"), "", "@target-uri");
  expect_refused(get(R"(("@method" "@target-uri"))"), "body", "Content-Digest");
  for (auto list :
       {R"(("@method" "@target-uri"))", R"(("@method" "@authority" "@path" "@query"))",
        R"(("@authority" "@method" "@request-target"))", R"(("@scheme" "@method" "host" "@target-uri"))"})
    expect_holds(get(list), "");
}

TEST(Rfc9421Claim, HoldsAsFedifySignsIt) {
  expect_holds(
      rfc9421_signed(dated_post(), R"(("@method" "@target-uri" "@authority" "host" "date" "content-digest"))"
                                   R"(;alg="rsa-v1_5-sha256";keyid=")" +
                                       std::string{test_key_id} + "\";created=" + seconds(test_now)),
      test_body);
}

TEST(Rfc9421Claim, NeedsItsParameters) {
  auto get = [](std::string const& parameters) {
    return rfc9421_signed(get_outbox(), R"(("@method" "@target-uri"))" + parameters);
  };
  auto const now = seconds(test_now);
  expect_refused(get(""), "", "keyid");
  expect_refused(get(";created=" + now), "", "keyid");
  expect_refused(get(";created=" + now + ";keyid=token"), "", "keyid");
  expect_refused(get(";keyid=\"k\""), "", "created");
  expect_refused(get(";keyid=\"k\";created=\"" + now + "\""), "", "created");
  expect_refused(get(";keyid=\"k\";created=" + now + ";expires=\"x\""), "", "malformed");
  expect_refused(get(";keyid=\"k\";created=" + now + ";expires=" + seconds(test_now - 1s)), "", "expired");
  expect_refused(get(";keyid=\"k\";created=-999999999999999"), "", "too old");
  expect_refused(get(";keyid=\"k\";created=999999999999999"), "", "from the future");
  auto claim =
      read_claim(get(";keyid=\"k\";created=" + now + ";expires=" + seconds(test_now + 1min)), "", test_now)
          .value();
  EXPECT_EQ(claim.replayable_until, test_now + 1min);
  expect_holds(get(default_parameters() + ";nonce=\"abc\";tag=\"app\""), "");
}

TEST(Rfc9421Claim, AlgorithmsAreThoseOfKeys) {
  auto signed_as = [](std::string_view algorithm) {
    return rfc9421_signed(get_outbox(), R"(("@method" "@target-uri"))" + default_parameters() +
                                            ";alg=" + std::string{algorithm});
  };
  expect_holds(signed_as("\"rsa-v1_5-sha256\""), "");
  for (std::string_view bad :
       {"\"rsa-pss-sha512\"", "\"hmac-sha256\"", "\"ecdsa-p256-sha256\"", "\"\"", "rsa-v1_5-sha256"})
    expect_refused(signed_as(bad), "", "not supported");
  EXPECT_FALSE(holds(read_claim(signed_as("\"ed25519\""), "", test_now).value(), test_public_key()));
}

TEST(Rfc9421Claim, ParametersAreSignedToo) {
  auto message = rfc9421_signed(get_outbox(), R"(("@method" "@target-uri"))" + default_parameters());
  auto input = field(message, "signature-input").value();
  for (auto const& changed :
       {input + ";expires=" + seconds(test_now + 1h), input + ";tag=\"x\"",
        replaced(input, seconds(test_now), seconds(test_now + 1s)), replaced(input, "alice", "eve")}) {
    auto claim = read_claim(with_header(message, "Signature-Input", changed), "", test_now);
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_FALSE(holds(*claim, test_public_key())) << changed;
  }
}

TEST(Rfc9421Claim, RefusesComponentsItCannotJudge) {
  auto with_input = [](std::string const& list) {
    return with(dated_get(),
                {{"Signature-Input", "sig1=" + list + default_parameters()}, {"Signature", "sig1=:aGk=:"}});
  };
  expect_refused(with_input(R"(("@method";req "@target-uri"))"), "", "not supported");
  expect_refused(with_input(R"(("@method" "@target-uri" "date";sf))"), "", "not supported");
  expect_refused(with_input(R"(("@method" "@target-uri" date))"), "", "not supported");
  expect_refused(with_input(R"(("@method" "@target-uri" "@status"))"), "", "not supported");
  expect_refused(with_input(R"(("@method" "@target-uri" "Date"))"), "", "not supported");
  expect_refused(with_input(R"(("@method" "@target-uri" "@method"))"), "", "twice");
  expect_refused(with_input(R"(("@method" "@target-uri" "x-none"))"), "", "not there: x-none");
}

TEST(Rfc9421Claim, HeadersMustFitEachOther) {
  auto message = signed_get(Form::rfc9421);
  auto value = field(message, "signature").value();
  expect_refused(without_header(message, "Signature"), "", "does not fit");
  expect_refused(with_header(message, "Signature", replaced(value, "sig1", "sig2")), "", "does not fit");
  expect_refused(with_header(message, "Signature", "sig1=\"text\""), "", "does not fit");
  expect_refused(with_header(message, "Signature", "sig1=()"), "", "does not fit");
  expect_refused(with_header(message, "Signature", "keyId=\"old form\""), "", "malformed");
  expect_refused(with_header(message, "Signature-Input", ""), "", "empty");
  expect_refused(with_header(message, "Signature-Input", "sig1=:aGk=:"), "", "malformed");
  expect_refused(with(message, {{"Signature-Input", field(message, "signature-input").value()}}), "",
                 "malformed");
  expect_refused(with_header(message, "Signature-Input", std::string(5'000'000, 'a')), "", "too long");
}

TEST(Rfc9421Claim, TakesTheFirstUsableOfAFewSignatures) {
  auto message = signed_get(Form::rfc9421);
  auto input = field(message, "signature-input").value(), value = field(message, "signature").value();
  auto after = [&](std::size_t count) {
    std::string inputs, values;
    for (std::size_t i = 0; i < count; ++i) {
      inputs += "proxy" + std::to_string(i) + "=(\"@method\");created=1;keyid=\"p\", ";
      values += "proxy" + std::to_string(i) + "=:aGk=:, ";
    }
    return with_header(with_header(message, "Signature-Input", inputs + input), "Signature", values + value);
  };
  expect_holds(after(1), "");
  expect_holds(after(3), "");
  expect_refused(after(4), "", "too many");
  // When none will do, the first tells why.
  auto none =
      with_header(with_header(message, "Signature-Input", "a=(),b=(\"@method\")"), "Signature", "a=::,b=::");
  expect_refused(none, "", "@method");
}

TEST(SignedMessage, WorksForHttpAndPortsToo) {
  for (Form form : forms) {
    auto message = with_header(get_outbox(), "Host", "here.test:8080");
    message.scheme = "http";
    message.authority = "here.test:8080";
    expect_holds(with(message, sign(form, message, std::nullopt, test_key_id, test_rsa_key(), test_now)), "");
  }
}

}  // namespace
}  // namespace posy::signatures
