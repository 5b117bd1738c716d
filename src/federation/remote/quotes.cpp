#include "federation/remote/quotes.hpp"

#include "federation/remote/fetch.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/quote.hpp"
#include "store/consent.hpp"
#include "store/remote.hpp"

namespace posy::federation {

using store::QuoteState;

namespace {

struct Quoted {
  store::Post post;
  std::string author;  // her id
};

std::optional<Quoted> find_known(db::Reader& r, Context& context, std::string const& id, AccountId quoting) {
  auto post = context.uris.find_post(r, id);
  if (!post || post->boost_of || !social::may_see(r, {quoting}, *post)) return {};
  auto author = store::find_account(r, post->author);
  return Quoted{*post, context.uris.actor(*author)};
}

Task<std::optional<Quoted>> find_quoted(Context& context, std::string id, AccountId quoting,
                                        Errand& errand) {
  auto find = [&](db::Reader& r) { return find_known(r, context, id, quoting); };
  std::optional<Quoted> known = co_await context.db.read(find);
  if (known || context.uris.is_ours(id)) co_return known;
  Task<Result<PostId>> fetching = fetch_post_alone(context, id, errand);
  Result<PostId> fetched = co_await std::move(fetching);
  if (!fetched) co_return std::nullopt;
  co_return co_await context.db.read(find);
}

enum class Verdict { holds, does_not_hold, unknown };

// Whether the quoted author's server has this stamp for this quote.
Task<Verdict> check(Context& context, std::string stamp, Object const& object, Quoted const& quoted, Errand& errand) {
  if (!is_same_origin(stamp, quoted.author)) co_return Verdict::does_not_hold;
  // One that was checked before holds until its server takes it back.
  auto is_known = [&](db::Reader& r) {
    auto post = context.uris.find_post(r, object.id);
    return post && post->quote_state == QuoteState::accepted && store::find_stamp(r, post->id) == stamp;
  };
  bool known = co_await context.db.read(is_known);
  if (known) co_return Verdict::holds;
  Task<Result<boost::json::object>> fetching = fetch_document(context, std::move(stamp), &errand);
  Result<boost::json::object> document = co_await std::move(fetching);
  if (!document) {
    auto refusal = document.error().refusal;
    bool is_gone = refusal == Refusal::gone || refusal == Refusal::not_found;
    co_return is_gone ? Verdict::does_not_hold : Verdict::unknown;
  }
  auto authorization = read_authorization(*document);
  bool fits = authorization && authorization->type == AuthorizationType::quote &&
              authorization->attributed_to == quoted.author && authorization->interacting_object == object.id &&
              authorization->interaction_target == object.quote.id;
  co_return fits ? Verdict::holds : Verdict::does_not_hold;
}

// What needs no stamp.
bool is_settled(db::Reader& r, Object const& object, AccountId author, Quoted const& quoted) {
  if (quoted.post.author == author) return true;
  if (!quoted.post.is_local) return store::is_mentioned(r, quoted.post.id, author);
  // A server that knows nothing of stamps cannot ask; what is ours, we decide.
  return object.quote.is_legacy && social::may_quote(r, author, quoted.post);
}

}  // namespace

Task<FoundQuote> find_quote(Context& context, Object const& object, AccountId author, Errand& errand) {
  if (!object.quote) co_return FoundQuote{};
  Task<std::optional<Quoted>> finding = find_quoted(context, object.quote.id, author, errand);
  std::optional<Quoted> quoted = co_await std::move(finding);
  if (!quoted) co_return FoundQuote{};
  FoundQuote out{.quoted = quoted->post.id, .state = QuoteState::pending, .stamp = {}};
  auto ask = [&](db::Reader& r) { return is_settled(r, object, author, *quoted); };
  bool settled = co_await context.db.read(ask);
  if (settled) {
    out.state = QuoteState::accepted;
    co_return out;
  }
  if (quoted->post.is_local) co_return out;
  out.is_denied = object.quote.authorization.empty();
  if (out.is_denied) co_return out;
  Task<Verdict> checking = check(context, object.quote.authorization, object, *quoted, errand);
  Verdict verdict = co_await std::move(checking);
  out.is_denied = verdict == Verdict::does_not_hold;
  if (verdict == Verdict::holds) {
    out.state = QuoteState::accepted;
    out.stamp = object.quote.authorization;
  }
  co_return out;
}

}  // namespace posy::federation
