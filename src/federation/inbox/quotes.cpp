// QuoteRequest, its answers, and stamps that are taken back (FEP-044f).
#include "federation/inbox/acts.hpp"
#include "federation/inbox/quotes.hpp"
#include "federation/outbox/outbox.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/quote.hpp"
#include "social/visibility.hpp"
#include "store/consent.hpp"

namespace posy::federation {
namespace {

using store::QuoteState;

// The post that wants to quote: the copy in the request, which is of its author, or as her server has it.
Task<boost::json::object> find_instrument(Context& context, Arrived const& arrived) {
  auto const& instrument = arrived.activity.instrument;
  if (!instrument.embedded.empty() && is_same_origin(instrument.id, arrived.activity.actor))
    co_return instrument.embedded;
  Task<Result<boost::json::object>> fetching = fetch_document(context, instrument.id);
  Result<boost::json::object> fetched = co_await std::move(fetching);
  co_return std::move(fetched).value();
}

std::string answer(db::Writer& w, Context& context, Arrived const& arrived, store::Post const& quoted,
                   social::Arrival const& arrival) {
  auto author = store::find_account(w, quoted.author).value();
  auto actor = context.uris.actor(author);
  auto id = fmt::format("{}#quote_answers/{}", actor, w.make_id<RowId>().value);
  // Whoever may not see it does not hear that it is there.
  if (!social::may_see(w, {arrived.actor}, quoted)) return "ignored: may not see it";
  auto reject = [&](char const* why) -> std::string {
    send_answer(w, context, author.id, make_reject(id, actor, arrived.activity), arrived.actor);
    return std::string("refused: ") + why;
  };
  if (!social::may_quote(w, arrived.actor, quoted)) {
    auto known = context.uris.find_post(w, arrival.uri);
    if (known && known->author == arrived.actor && known->quote_of == quoted.id)
      social::reject_quote(w, known->id, QuoteState::rejected);
    return reject("may not be quoted by her");
  }
  auto quote = social::receive_post(w, arrival);
  if (quote.author != arrived.actor || quote.quote_of != quoted.id) return reject("is known as another post");
  if (quote.quote_state == QuoteState::revoked) return reject("was taken back");
  social::accept_quote(w, quote.id, {});
  auto accept = make_accept_request(id, actor, arrived.activity, context.uris.stamp(author, quote.id));
  send_answer(w, context, author.id, accept, arrived.actor);
  return std::string(done);
}

// The post of ours whose QuoteRequest is answered, if it was put to the one who answers.
std::optional<store::Post> find_asking(db::Reader& r, Context& context, Arrived const& arrived) {
  auto const& object = arrived.activity.object;
  std::string id = object.id;
  if (id.ends_with(quote_request_suffix)) id.resize(id.size() - quote_request_suffix.size());
  else if (auto embedded = read_activity(object.embedded)) id = embedded->instrument.id;
  auto quote = context.uris.is_ours(id) ? context.uris.find_post(r, id) : std::nullopt;
  auto quoted = quote && quote->quote_of ? store::find_post(r, quote->quote_of) : std::nullopt;
  return quoted && quoted->author == arrived.actor ? quote : std::nullopt;
}

}  // namespace

Task<std::string> receive_quote_request(Context& context, Arrived const& arrived) {
  auto find = [&](db::Reader& r) {
    auto id = arrived.activity.object.id;
    return context.uris.is_ours(id) ? context.uris.find_post(r, id) : std::nullopt;
  };
  std::optional<store::Post> quoted = co_await context.db.read(find);
  if (!quoted) co_return "ignored: quotes nothing of ours";
  Task<boost::json::object> finding = find_instrument(context, arrived);
  boost::json::object document = co_await std::move(finding);
  auto object = read_object(document).value();
  if (object.author() != arrived.activity.actor) refuse(Refusal::forbidden, "Only its author can ask for a quote");
  if (object.quote.id != arrived.activity.object.id) refuse(Refusal::unprocessable, "The post quotes something else");
  Task<Result<social::Arrival>> gathering = gather_post(context, object, false);
  Result<social::Arrival> gathered = co_await std::move(gathering);
  auto arrival = std::move(gathered).value();
  auto act = [&](db::Writer& w) { return answer(w, context, arrived, *quoted, arrival); };
  std::string outcome = co_await context.db.write(act);
  context.wake_delivery();
  co_return outcome;
}

bool answers_quote_request(Activity const& activity) {
  if (activity.object.id.ends_with(quote_request_suffix)) return true;
  if (activity.object.embedded.empty()) return false;
  auto embedded = read_activity(activity.object.embedded);
  return embedded && embedded->type == ActivityType::quote_request;
}

Task<std::string> receive_quote_answer(Context& context, Arrived const& arrived) {
  bool accepts = arrived.activity.type == ActivityType::accept;
  auto stamp = arrived.activity.result.id;
  if (accepts && !is_same_origin(stamp, arrived.activity.actor))
    refuse(Refusal::unprocessable, "The stamp is not with the server of the quoted author");
  auto act = [&](db::Writer& w) -> std::string {
    auto quote = find_asking(w, context, arrived);
    if (!quote) return "ignored: nobody asked";
    if (accepts) social::accept_quote(w, quote->id, stamp);
    else social::reject_quote(w, quote->id, QuoteState::rejected);
    return std::string(done);
  };
  co_return co_await context.db.write(act);
}

std::optional<std::string> take_back_stamp(db::Writer& w, Arrived const& arrived) {
  auto stamp = arrived.activity.object.id;
  auto quoting = store::find_stamped(w, stamp);
  if (!quoting) return {};
  social::reject_quote(w, *quoting, QuoteState::revoked);
  return std::string(done);
}

}  // namespace posy::federation
