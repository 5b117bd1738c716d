#include "federation/remote/fetch.hpp"

#include "federation/signatures/sign.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "federation/vocabulary/reference.hpp"
#include "http/url.hpp"
#include "json/parse.hpp"

namespace posy::federation {
namespace {

constexpr std::string_view accepted =
    R"(application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams")";
constexpr std::size_t signature_hosts_max = 20'000;

Error status_error(unsigned status, std::string const& url) {
  auto sentence = fmt::format("{} answered with {}", host_of(url), status);
  switch (status) {
    case 404: return {Refusal::not_found, sentence};
    case 410: return {Refusal::gone, sentence};
    case 401:
    case 403: return {Refusal::forbidden, sentence};
    default: break;
  }
  bool later = status == 408 || status == 429 || status >= 500;
  return {later ? Refusal::unavailable : Refusal::unprocessable, sentence};
}

Result<boost::json::object> read_body(http::Incoming const& answer) {
  auto value = json::parse(answer.body);
  if (!value) return value.error();
  if (!value->is_object()) return Error{Refusal::unprocessable, "The document is no JSON object"};
  return std::move(value->as_object());
}

std::function<void(http::Outgoing&)> signing_with(Context& context, std::shared_ptr<Signer const> signer) {
  return [&context, signer = std::move(signer)](http::Outgoing& outgoing) {
    auto url = http::parse_url(outgoing.url);
    if (!url) return;
    signatures::Message message{.method = "GET",
                                .scheme = url->is_https ? "https" : "http",
                                .authority = url->authority(),
                                .target = url->target};
    for (auto const& [name, value] : signatures::sign(signatures::Form::cavage, message, {}, signer->rsa_id,
                                                      signer->rsa, context.clock.now()))
      outgoing.headers.set(name, value);
  };
}

Task<Result<http::Incoming>> get(Context& context, http::Outgoing outgoing, Errand* errand) {
  std::string url = outgoing.url;
  if (errand) {
    Task<Result<>> asking = errand->admit(host_of(url));
    Result<> admitted = co_await std::move(asking);
    if (!admitted) co_return admitted.error();
  }
  auto sending = context.client.send(std::move(outgoing));
  auto answer = co_await std::move(sending);
  if (!answer && errand) {
    if (answer.error().failure == http::Failure::stopped) errand->end();
    errand->failed(host_of(url));
  }
  if (!answer) {
    auto refusal = is_passing(answer.error().failure) ? Refusal::unavailable : Refusal::unprocessable;
    co_return Error{refusal, answer.error().message};
  }
  if (answer->status != 200) co_return status_error(answer->status, url);
  co_return std::move(*answer);
}

Task<Result<http::Incoming>> get_signed(Context& context, std::string url, Errand* errand) {
  auto find = [&](db::Reader& r) {
    return context.keys.find(r, store::server_owner, context.uris.server_actor());
  };
  std::shared_ptr<Signer const> signer = co_await context.db.read(find);
  http::Outgoing outgoing{.url = std::move(url)};
  outgoing.headers.set("Accept", accepted);
  if (signer) outgoing.prepare = signing_with(context, std::move(signer));
  Task<Result<http::Incoming>> getting = get(context, std::move(outgoing), errand);
  co_return co_await std::move(getting);
}

Task<Result<http::Incoming>> get_unsigned_first(Context& context, std::string url, Errand* errand) {
  auto host = host_of(url);
  if (!context.wants_signatures.contains(host)) {
    http::Outgoing outgoing{.url = url};
    outgoing.headers.set("Accept", accepted);
    Task<Result<http::Incoming>> getting = get(context, std::move(outgoing), errand);
    Result<http::Incoming> answer = co_await std::move(getting);
    if (answer || answer.error().refusal != Refusal::forbidden) co_return answer;
    if (context.wants_signatures.size() >= signature_hosts_max) context.wants_signatures.clear();
    context.wants_signatures.insert(std::move(host));
  }
  Task<Result<http::Incoming>> getting = get_signed(context, std::move(url), errand);
  co_return co_await std::move(getting);
}

}  // namespace

bool is_passing(http::Failure failure) {
  switch (failure) {
    case http::Failure::bad_url:
    case http::Failure::refused_address:
    case http::Failure::too_large:
    case http::Failure::bad_answer:
    case http::Failure::bad_redirect:
    case http::Failure::too_many_redirects: return false;
    default: return true;
  }
}

Task<Result<boost::json::object>> fetch_document(Context& context, std::string id, Errand* errand,
                                                 Signing signing) {
  // What is ours is never asked for over the network.
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (context.uris.is_ours(id)) co_return Error{Refusal::unprocessable, "The document claims to be of this server"};
    Task<Result<http::Incoming>> getting = signing == Signing::always ? get_signed(context, id, errand)
                                                                      : get_unsigned_first(context, id, errand);
    Result<http::Incoming> answer = co_await std::move(getting);
    if (!answer) co_return answer.error();
    if (!is_activity_media_type(answer->headers.find("Content-Type").value_or("")))
      co_return Error{Refusal::unprocessable, "The answer is no ActivityStreams document"};
    auto document = read_body(*answer);
    if (!document) co_return document.error();
    auto claimed = id_of(*document);
    if (claimed.empty()) co_return Error{Refusal::unprocessable, "The document has no id"};
    if (claimed == id && is_same_origin(claimed, answer->final_url)) co_return std::move(*document);
    // An alias, such as the page of a profile, or a redirect to another server: only the id's own origin counts.
    id = claimed;
  }
  co_return Error{Refusal::unprocessable, "The document does not have the id that it was asked for"};
}

Task<Result<boost::json::object>> fetch_json(Context& context, std::string url, std::string accept, Errand* errand) {
  http::Outgoing outgoing{.url = std::move(url)};
  outgoing.headers.set("Accept", accept);
  Task<Result<http::Incoming>> getting = get(context, std::move(outgoing), errand);
  Result<http::Incoming> answer = co_await std::move(getting);
  if (!answer) co_return answer.error();
  co_return read_body(*answer);
}

}  // namespace posy::federation
