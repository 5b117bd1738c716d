#include "strangers.hpp"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <thread>

#include "base/time.hpp"
#include "federation/signatures/sign.hpp"

namespace posy::bench {
namespace {

constexpr int keys_count = 64;

std::string escaped(std::string_view pem) {
  std::string out;
  for (char c : pem) out += c == '\n' ? "\\n" : std::string(1, c);
  return out;
}

}  // namespace

std::vector<std::string> make_all(int count, std::function<std::string(int)> const& make) {
  std::vector<std::string> out(static_cast<std::size_t>(count));
  std::atomic<int> next{0};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
    threads.emplace_back([&] {
      for (int n = next++; n < count; n = next++) out[static_cast<std::size_t>(n)] = make(n);
    });
  for (auto& thread : threads) thread.join();
  return out;
}

Strangers::Strangers(int count, std::function<std::string(int)> base_of)
    : count_(count), base_of_(std::move(base_of)) {
  pems_ = make_all(keys_count, [](int) { return crypto::RsaPrivateKey::generate().to_pem(); });
  for (auto& pem : pems_) {
    keys_.push_back(crypto::RsaPrivateKey::from_pem(pem).value());
    pem = escaped(keys_.back().public_key().to_pem());
  }
}

std::string Strangers::document(std::string_view authority, std::string_view path) const {
  constexpr std::string_view users = "/users/u", finger = "/.well-known/webfinger?resource=acct:";
  if (path.starts_with(finger)) {
    auto handle = path.substr(finger.size());
    auto name = handle.substr(0, std::min(handle.find('@'), handle.find("%40")));
    return fmt::format(
        R"({{"subject":"acct:{0}@{1}","links":[{{"rel":"self","type":"application/activity+json",)"
        R"("href":"http://{1}/users/{0}"}}]}})",
        name, authority);
  }
  if (!path.starts_with(users)) return {};
  int stranger = -1;
  auto number = path.substr(users.size());
  auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), stranger);
  if (error != std::errc() || end != number.data() + number.size() || stranger < 0 || stranger >= count_)
    return {};
  auto base = fmt::format("http://{}", authority), id = fmt::format("{}/users/u{}", base, stranger);
  return fmt::format(
      R"({{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],)"
      R"("id":"{0}","type":"Person",)"
      R"("preferredUsername":"u{1}","name":"Stranger {1}","summary":"<p>Reads and writes.</p>","inbox":"{0}/inbox",)"
      R"("outbox":"{0}/outbox","followers":"{0}/followers","following":"{0}/following","url":"{2}/@u{1}",)"
      R"("endpoints":{{"sharedInbox":"{2}/inbox"}},"published":"2021-03-01T00:00:00Z",)"
      R"("publicKey":{{"id":"{0}#main-key","owner":"{0}","publicKeyPem":"{3}"}}}})",
      id, stranger, base, pems_[static_cast<std::size_t>(stranger % keys_count)]);
}

std::string Strangers::note(int stranger, int number) const {
  return fmt::format("{}/notes/{}", base_of_(stranger), number);
}

std::string Strangers::letter(int stranger, int number, std::string_view text, Inbox const& to) const {
  auto id = actor(stranger), about = note(stranger, number);
  auto now = SystemClock().now();
  auto stamp = to_rfc3339(now);
  auto body = fmt::format(
      R"({{"@context":"https://www.w3.org/ns/activitystreams","id":"{1}/activity","type":"Create","actor":"{0}",)"
      R"("published":"{4}","to":["{3}"],"cc":[],"object":{{"id":"{1}","type":"Note","attributedTo":"{0}",)"
      R"("published":"{4}","to":["{3}"],"cc":[],"content":"<p>What you wrote about the sea stayed with me. {2}</p>",)"
      R"("tag":[{{"type":"Mention","href":"{3}","name":"@reader"}}]}}}})",
      id, about, text, to.person, stamp);
  signatures::Message message{
      .method = "POST", .scheme = "http", .authority = to.authority, .target = "/inbox"};
  message.headers.emplace_back("Content-Type", "application/activity+json");
  auto request = fmt::format(
      "POST /inbox HTTP/1.1\r\nHost: {}\r\nContent-Type: application/activity+json\r\nContent-Length: {}\r\n",
      to.authority, body.size());
  for (auto const& [name, value] :
       signatures::sign(signatures::Form::cavage, message, body, id + "#main-key",
                        keys_[static_cast<std::size_t>(stranger % keys_count)], now))
    request += fmt::format("{}: {}\r\n", name, value);
  return request + "\r\n" + body;
}

}  // namespace posy::bench
