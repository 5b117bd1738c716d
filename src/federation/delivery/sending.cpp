#include "federation/delivery/sending.hpp"

#include "base/on_pool.hpp"
#include "federation/delivery/figures.hpp"
#include "federation/remote/synchronise.hpp"
#include "federation/signatures/sign.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "http/url.hpp"

namespace posy::federation {
namespace {

using signatures::Form;
using store::SignatureForm;

constexpr std::size_t answer_bytes_max = 4096;  // nobody reads it

signatures::Message message_to(http::Url const& url, std::optional<std::string> const& synchronisation) {
  signatures::Message message{.method = "POST",
                              .scheme = url.is_https ? "https" : "http",
                              .authority = url.authority(),
                              .target = url.target,
                              .headers = {{"Content-Type", std::string(activity_json)}}};
  if (synchronisation) message.headers.emplace_back(synchronisation_header, *synchronisation);
  return message;
}

// Names what it uses, as it runs on another thread.
struct Signing {
  std::shared_ptr<Parcel const> parcel;
  signatures::Message message;
  Form form;
  Time now;

  signatures::Fields operator()() const {
    return signatures::sign(form, message, *parcel->body, parcel->signer->rsa_id, parcel->signer->rsa, now);
  }
};

Task<http::SendResult<http::Incoming>> post(Courier courier, std::shared_ptr<Parcel const> parcel, std::string inbox,
                                            std::optional<std::string> synchronisation, Form form, bool is_urgent) {
  auto url = http::parse_url(inbox);
  if (!url) co_return http::send_error(http::Failure::bad_url, inbox);
  Signing signing{parcel, message_to(*url, synchronisation), form, courier.context.clock.now()};
  auto const place = is_urgent ? WorkerPool::Place::first : WorkerPool::Place::last;
  auto working = result_on_pool(courier.signers, std::move(signing), place);
  std::optional<signatures::Fields> fields = co_await std::move(working);
  if (!fields) co_return http::send_error(http::Failure::stopped);
  http::Outgoing outgoing{.method = http::Method::post, .url = std::move(inbox)};
  outgoing.shared_body = parcel->body;
  outgoing.headers.set("Content-Type", activity_json);
  if (synchronisation) outgoing.headers.set(synchronisation_header, *synchronisation);
  for (auto const& [name, value] : *fields) outgoing.headers.set(name, value);
  outgoing.follow_redirects = false;
  outgoing.body_max = answer_bytes_max;
  outgoing.cut_body = true;
  auto const begun = std::chrono::steady_clock::now();
  auto sending = courier.client.send(std::move(outgoing));
  http::SendResult<http::Incoming> answer = co_await std::move(sending);
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
  observe(courier.context.delivery_figures, answer, took.count());
  co_return answer;
}

}  // namespace

std::shared_ptr<Parcel const> load_parcel(db::Reader& r, Context& context, RowId id) {
  auto outgoing = store::find_outgoing(r, id);
  if (!outgoing) return nullptr;
  auto parcel = std::make_shared<Parcel>();
  parcel->body = std::make_shared<std::string const>(std::move(outgoing->body));
  outgoing->body.clear();
  parcel->outgoing = std::move(*outgoing);
  parcel->signer = own_signer(r, context, parcel->outgoing.sender);
  auto post = parcel->outgoing.post ? store::find_post(r, parcel->outgoing.post) : std::nullopt;
  if (post && post->visibility == store::Visibility::followers)
    parcel->followers_told = store::find_account(r, AccountId{parcel->outgoing.sender});
  return parcel;
}

Task<Judgement> send_parcel(Courier courier, std::shared_ptr<Parcel const> parcel, store::Peer const& peer,
                            std::string inbox, bool is_urgent) {
  std::optional<std::string> synchronisation;
  if (parcel->followers_told) {
    auto look = [&](db::Reader& r) {
      return synchronisation_for(r, courier.context, *parcel->followers_told, parcel->outgoing.post, inbox);
    };
    synchronisation = co_await courier.context.db.read(look);
  }
  bool const new_first = peer.signature == SignatureForm::rfc9421;
  auto const failing_for = peer.failed_since ? courier.context.clock.now() - *peer.failed_since : Milliseconds{0};
  Judgement last;
  for (bool is_new : {new_first, !new_first}) {
    auto posting =
        post(courier, parcel, inbox, synchronisation, is_new ? Form::rfc9421 : Form::cavage, is_urgent);
    http::SendResult<http::Incoming> answer = co_await std::move(posting);
    last = judge(answer, failing_for);
    if (last.verdict == Verdict::delivered) last.form = is_new ? SignatureForm::rfc9421 : SignatureForm::cavage;
    if (!answer || answer->status != 401) break;
  }
  co_return last;
}

}  // namespace posy::federation
