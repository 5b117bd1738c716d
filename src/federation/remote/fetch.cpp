#include "federation/remote/fetch.hpp"

#include "federation/signatures/sign.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "federation/vocabulary/reference.hpp"
#include "http/url.hpp"
#include "json/parse.hpp"
#include "text/alternate_link.hpp"
#include "text/page_metadata.hpp"

namespace posy::federation {
namespace {

constexpr std::string_view accepted =
    R"(application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams")";
constexpr std::string_view accepted_or_page =
    R"(application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams", text/html;q=0.1)";
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

std::function<void(http::Outgoing&)> signing_with(Context& context, std::shared_ptr<Signer const> signer,
                                                  signatures::Form form) {
  return [&context, form, signer = std::move(signer)](http::Outgoing& outgoing) {
    auto url = http::parse_url(outgoing.url);
    if (!url) return;
    signatures::Message message{.method = "GET",
                                .scheme = url->is_https ? "https" : "http",
                                .authority = url->authority(),
                                .target = url->target};
    for (auto const& [name, value] : signatures::sign(form, message, {}, signer->rsa_id,
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

// How a document is asked for.
struct Asking {
  std::string_view accept = accepted;
  bool cut_body = false;
  std::shared_ptr<Signer const> signer = {};
  signatures::Form form = signatures::Form::cavage;
};

Task<Result<http::Incoming>> get_in_form(Context& context, std::string url, Errand* errand, Asking asking) {
  http::Outgoing outgoing{.url = std::move(url)};
  outgoing.headers.set("Accept", asking.accept);
  outgoing.cut_body = asking.cut_body;
  if (asking.signer) outgoing.prepare = signing_with(context, asking.signer, asking.form);
  Task<Result<http::Incoming>> getting = get(context, std::move(outgoing), errand);
  co_return co_await std::move(getting);
}

void remember_form(Context& context, std::string host, signatures::Form form) {
  auto& hosts = context.wants_new_form;
  if (form == signatures::Form::cavage) {
    hosts.erase(host);
    return;
  }
  if (hosts.size() >= signature_hosts_max) hosts.clear();
  hosts.insert(std::move(host));
}

// In the form that the host is known to take; in the other one too when it refuses that.
Task<Result<http::Incoming>> get_signed(Context& context, std::string url, Errand* errand, Asking asking = {}) {
  using signatures::Form;
  auto find = [&](db::Reader& r) {
    return context.keys.find(r, store::server_owner, context.uris.server_actor());
  };
  asking.signer = co_await context.db.read(find);
  auto host = host_of(url);
  if (context.wants_new_form.contains(host)) asking.form = Form::rfc9421;
  Task<Result<http::Incoming>> getting = get_in_form(context, url, errand, asking);
  Result<http::Incoming> answer = co_await std::move(getting);
  bool const is_refused = !answer && answer.error().refusal == Refusal::forbidden;
  if (!is_refused || !asking.signer || (errand && errand->left() <= 0)) co_return answer;
  asking.form = asking.form == Form::cavage ? Form::rfc9421 : Form::cavage;
  Task<Result<http::Incoming>> trying = get_in_form(context, std::move(url), errand, asking);
  Result<http::Incoming> other = co_await std::move(trying);
  if (!other) co_return answer;
  remember_form(context, std::move(host), asking.form);
  co_return other;
}

bool is_page(std::string_view content_type) {
  return content_type.starts_with("text/html") || content_type.starts_with("application/xhtml+xml");
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

Task<Result<boost::json::object>> fetch_behind_page(Context& context, std::string address, Errand& errand) {
  // Of a page the head is enough; what is cut off of a document makes it none.
  Asking asking{.accept = accepted_or_page, .cut_body = true};
  Task<Result<http::Incoming>> getting = get_signed(context, address, &errand, std::move(asking));
  Result<http::Incoming> answer = co_await std::move(getting);
  if (!answer) co_return answer.error();
  std::string type(answer->headers.find("Content-Type").value_or(""));
  std::string id;
  if (is_activity_media_type(type)) {
    auto document = read_body(*answer);
    if (!document) co_return document.error();
    id = id_of(*document);
    if (id == address && is_same_origin(id, answer->final_url)) co_return std::move(*document);
  } else if (is_page(type)) {
    auto page = http::parse_url(answer->final_url);
    auto link = text::alternate_activity(text::page_to_utf8(answer->body, type));
    auto url = page && !link.empty() ? http::resolve_url(*page, link) : not_found();
    if (url) id = url->text();
  }
  if (id.empty()) co_return Error{Refusal::unprocessable, "The page leads to no ActivityStreams document"};
  Task<Result<boost::json::object>> fetching = fetch_document(context, std::move(id), &errand);
  co_return co_await std::move(fetching);
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
