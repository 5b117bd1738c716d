#include "federation/outbox/outbox.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "federation/signatures/proof.hpp"
#include "federation/vocabulary/iri.hpp"
#include "jobs/queue.hpp"
#include "store/audience.hpp"
#include "store/closed_account.hpp"
#include "social/reach.hpp"
#include "store/delivery_progress.hpp"
#include "store/move.hpp"
#include "store/outgoing.hpp"
#include "store/poll.hpp"
#include "store/relation.hpp"
#include "store/report.hpp"
#include "store/tombstone.hpp"

namespace posy::federation {

using jobs::Act;
using store::Account;
using store::Post;
using store::Visibility;

namespace {

constexpr int servers_told_at_once = 500;

// Everything that the making of an activity needs.
struct Sending {
  db::Writer& w;
  Context& context;
  Account who;
  jobs::Send const& job;
  social::Site const& site = context.site;
  Uris const& uris = context.uris;

  std::string actor() const { return uris.actor(who); }
  Account other() const { return store::find_account(w, AccountId{job.a}).value(); }
  std::optional<Post> post() const { return store::find_post(w, PostId{job.a}); }
  Account author_of(Post const& post) const { return store::find_account(w, post.author).value(); }
  // Ids of what has no row of its own, such as "https://a.example/users/alice#likes/123".
  std::string made_id(std::string_view kind, std::int64_t number) const {
    return fmt::format("{}#{}/{}", actor(), kind, number);
  }
  // Different each time: what is undone may be done again, and is then another act.
  std::string new_id(std::string_view kind) const { return made_id(kind, w.make_id<RowId>().value); }
  std::string new_id(std::string_view kind, std::int64_t number) const {
    return fmt::format("{}/{}", made_id(kind, number), w.make_id<RowId>().value);
  }
};

// `post`: that it tells of, so that its author can see where it has arrived.
void send(Sending const& s, Activity const& activity, store::Recipients const& recipients, PostId post = {}) {
  send_activity(s.w, s.context, s.who.id.value, activity, recipients, post);
}

void add_inboxes(Sending const& s, std::vector<std::string>& out, std::vector<AccountId> const& accounts) {
  for (auto const& remote : store::remotes_by_id(s.w, accounts))
    if (!store::is_retired(s.w, remote.best_inbox())) out.push_back(remote.best_inbox());
}

void send_to_person(Sending const& s, Activity const& activity, AccountId whom) {
  auto remote = store::find_remote(s.w, whom);
  if (remote && !store::is_retired(s.w, remote->inbox)) send(s, activity, {.inboxes = {remote->inbox}});
}

void send_to_followers(Sending const& s, Activity const& activity) {
  send(s, activity, {.followers = true});
}

// What it is goes with it, so that its author sees what has arrived of which.
void send_of_post(Sending const& s, Activity const& activity, Post const& post, store::SentKind kind) {
  auto course = social::set_course(s.w, post);
  send(s, activity, {.followers = course.followers, .inboxes = std::move(course.inboxes)}, post.id);
  store::name_sent(s.w, post.id, kind);
}

// Whose post it quotes is asked for her consent (FEP-044f), where that is not settled here.
void ask_to_quote(Sending const& s, Post const& post) {
  if (!post.quote_of || post.quote_state != store::QuoteState::pending) return;
  auto quoted = store::find_post(s.w, post.quote_of);
  if (!quoted || quoted->is_local) return;
  auto author = s.author_of(*quoted);
  auto id = s.uris.post(post, s.who) + std::string(quote_request_suffix);
  auto request = make_quote_request(id, post_document(s.w, s.site, post), s.uris.post(*quoted, author),
                                    s.uris.actor(author));
  // What is not for everybody is not shown to her either: she may ask for it, and sees it if she may.
  if (post.visibility == Visibility::followers || post.visibility == Visibility::direct)
    request.instrument.embedded.clear();
  send_to_person(s, request, author.id);
}

void send_post(Sending const& s) {
  auto post = s.post();
  if (!post) return;
  send_of_post(s, activity_of(s.w, s.site, *post), *post, store::SentKind::post);
  ask_to_quote(s, *post);
}

void send_edit(Sending const& s) {
  auto post = s.post();
  if (!post) return;
  auto object = post_document(s.w, s.site, *post);
  send_of_post(s, make_update(s.new_id("updates"), object), *post, store::SentKind::edit);
}

void send_removal(Sending const& s) {
  auto tombstone = store::find_tombstone(s.w, PostId{s.job.a});
  if (!tombstone) return;
  auto uri = fmt::format("{}/statuses/{}", s.actor(), s.job.a);
  store::Recipients recipients{.followers = tombstone->to_followers && tombstone->visibility != Visibility::direct,
                               .held = tombstone->post};
  for (std::string_view rest = tombstone->inboxes; !rest.empty();) {
    auto end = rest.find('\n');
    recipients.inboxes.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  Tombstone shown{.id = uri, .former_type = "Note", .deleted = tombstone->deleted_at};
  send(s, make_delete(uri + "#delete", s.actor(), shown, {{std::string(public_collection)}, {}}), recipients,
       tombstone->post);
  store::name_sent(s.w, tombstone->post, store::SentKind::deletion);
}

void send_unannounce(Sending const& s) {
  auto original = store::find_post(s.w, PostId{s.job.b});
  if (!original) return;
  auto author = s.author_of(*original);
  auto announce = make_announce(fmt::format("{}/statuses/{}/activity", s.actor(), s.job.a), s.actor(),
                                s.uris.post(*original, author), {{std::string(public_collection)}, {}}, s.w.now());
  store::Recipients recipients{.followers = true, .held = PostId{s.job.a}};
  add_inboxes(s, recipients.inboxes, {author.id});
  // In order behind the boost itself.
  send(s, make_undo(s.new_id("undos"), announce), recipients, PostId{s.job.a});
}

void send_like(Sending const& s, bool undone) {
  auto post = s.post();
  if (!post) return;
  auto author = s.author_of(*post);
  auto like = make_like(s.new_id("likes", s.job.a), s.actor(), s.uris.post(*post, author), s.uris.actor(author));
  send_to_person(s, undone ? make_undo(s.new_id("undos"), like) : like, author.id);
}

Activity follow_of(Sending const& s) {
  return make_follow(s.new_id("follows", s.job.a), s.actor(), s.uris.actor(s.other()));
}

// The Follow of somebody elsewhere, as she sent it.
Activity follow_to(Sending const& s) {
  auto other = s.other();
  auto follow = store::find_follow(s.w, other.id, s.who.id);
  if (!follow) follow = store::find_follow_request(s.w, other.id, s.who.id);
  auto id = follow && follow->uri ? *follow->uri : s.made_id("followers", s.job.a);
  return make_follow(id, s.uris.actor(other), s.actor());
}

void send_block(Sending const& s, bool undone) {
  auto block = make_block(s.new_id("blocks", s.job.a), s.actor(), s.uris.actor(s.other()));
  send_to_person(s, undone ? make_undo(s.new_id("undos"), block) : block, AccountId{s.job.a});
}

// Each choice by itself, as everybody does it.
void send_votes(Sending const& s) {
  auto poll = store::find_poll(s.w, PollId{s.job.a});
  auto post = poll ? store::find_post(s.w, poll->post) : std::nullopt;
  if (!post) return;
  auto author = s.author_of(*post);
  auto options = store::options_of(s.w, {poll->id});
  for (auto const& vote : store::votes_of(s.w, s.who.id, {poll->id})) {
    auto choice = std::ranges::find(options, vote.choice, &store::PollOption::position);
    if (choice == options.end()) continue;
    auto id = fmt::format("{}#votes/{}/{}", s.actor(), s.job.a, vote.choice);
    auto note = make_vote(id, s.actor(), s.uris.post(*post, author), choice->title, s.uris.actor(author));
    send_to_person(s, make_create(id + "/activity", note), author.id);
  }
}

// The stamp of a quote that she allowed before is gone. Its author passes that on to its readers.
void send_revocation(Sending const& s) {
  auto quote = s.post();
  if (!quote) return;
  auto stamp = s.uris.stamp(s.who, quote->id);
  Activity revocation = make_delete(stamp + "#delete", s.actor(), {.id = stamp, .former_type = {}, .deleted = {}},
                                    {{s.uris.actor(s.author_of(*quote))}, {}});
  revocation.object = {stamp, {}};  // no word of what it allowed
  send_to_person(s, revocation, quote->author);
}

void send_pin(Sending const& s, bool undone) {
  auto post = s.post();
  if (!post) return;
  Reference object{.id = s.uris.post(*post, s.who), .embedded = {}};
  auto target = s.actor() + "/collections/featured";
  Addressees everybody{{std::string(public_collection)}, {s.uris.followers(s.who)}};
  auto id = s.new_id(undone ? "unpins" : "pins");
  send_to_followers(s, undone ? make_remove(id, s.actor(), object, target, everybody)
                              : make_add(id, s.actor(), object, target, everybody));
}

void send_profile(Sending const& s) {
  auto row = store::find_signing_key(s.w, s.who.id.value);
  if (!row) return;  // nobody can have believed anything of her yet
  Addressees everybody{{std::string(public_collection)}, {s.uris.followers(s.who)}};
  auto actor = person_document(s.w, s.site, s.who, {row->rsa_public, row->ed25519_public}, moves_of(s.w, s.uris, s.who));
  send_to_followers(s, make_update(s.new_id("updates"), actor, everybody));
}

void send_move(Sending const& s) {
  if (store::moved_to(s.w, s.who.id) != AccountId{s.job.a}) return;  // she has come back
  send_to_followers(s, make_move(s.new_id("moves"), s.actor(), s.uris.actor(s.other()), s.uris.followers(s.who)));
}

// In the name of the server: who complained is nobody's business elsewhere.
void send_flag(Sending const& s) {
  auto report = store::find_report(s.w, store::ReportId{s.job.a});
  auto target = report ? store::find_account(s.w, report->target) : std::nullopt;
  auto remote = target ? store::find_remote(s.w, target->id) : std::nullopt;
  if (!remote || report->forwarded_at) return;
  store::mark_forwarded(s.w, report->id);
  std::vector<std::string> objects{s.uris.actor(*target)};
  for (auto id : store::reported_posts(s.w, report->id))
    if (auto post = store::find_post(s.w, id); post && post->author == target->id)
      objects.push_back(s.uris.post(*post, *target));
  auto to = objects.front();
  auto flag = make_flag(fmt::format("{}/reports/{}", s.site.base_url, report->id.str()), s.uris.server_actor(),
                        std::move(objects), report->comment, std::move(to));
  send_activity(s.w, s.context, store::server_owner, flag, {.inboxes = {remote->inbox}}, {});
}

// To every server that is known, as any may have heard of her: some at a time.
void send_closing(Sending const& s) {
  auto closed = store::find_closed(s.w, s.who.id);
  // Without keys nobody can have believed anything of her.
  if (!closed || !store::find_signing_key(s.w, s.who.id.value)) return;
  auto servers = store::server_inboxes_after(s.w, closed->told_up_to, servers_told_at_once);
  if (servers.last.empty()) return;
  send(s, make_delete_actor(s.actor() + "#delete", s.actor()), {.inboxes = std::move(servers.inboxes)});
  store::set_told_up_to(s.w, s.who.id, servers.last);
  jobs::add(s.w, s.job, s.w.now());
}

}  // namespace

void send_activity(db::Writer& w, Context& context, std::int64_t sender, Activity const& activity,
                   store::Recipients const& recipients, PostId post) {
  bool const is_for_somebody =
      !recipients.inboxes.empty() ||
      (recipients.followers && (recipients.held || store::has_audience(w, AccountId{sender})));
  if (!is_for_somebody) return;
  auto document = write_activity_document(activity);
  if (auto signer = own_signer(w, context, sender))
    signatures::add_proof(document, signer->ed25519_id, signer->ed25519, w.now()).value();
  store::send_to(w, sender, boost::json::serialize(document), recipients, post);
}

void send_answer(db::Writer& w, Context& context, AccountId sender, Activity const& activity, AccountId whom) {
  auto remote = store::find_remote(w, whom);
  if (remote && !store::is_retired(w, remote->inbox))
    send_activity(w, context, sender.value, activity, {.inboxes = {remote->inbox}}, {});
}

void send_out(db::Writer& w, Context& context, jobs::Send const& job) {
  auto who = store::find_account(w, job.account);
  if (!who || (who->suspended_at && static_cast<Act>(job.act) != Act::close)) return;
  Sending s{w, context, *who, job};
  AccountId other{job.a};
  switch (static_cast<Act>(job.act)) {
    case Act::create:
    case Act::announce: return send_post(s);
    case Act::update:
    case Act::tally: return send_edit(s);
    case Act::remove: return send_removal(s);
    case Act::unannounce: return send_unannounce(s);
    case Act::like: return send_like(s, false);
    case Act::unlike: return send_like(s, true);
    case Act::follow: return send_to_person(s, follow_of(s), other);
    case Act::unfollow: return send_to_person(s, make_undo(s.new_id("undos"), follow_of(s)), other);
    case Act::accept_follow:
      return send_to_person(s, make_accept(s.new_id("accepts"), s.actor(), follow_to(s)), other);
    case Act::reject_follow:
      return send_to_person(s, make_reject(s.new_id("rejects"), s.actor(), follow_to(s)), other);
    case Act::block: return send_block(s, false);
    case Act::unblock: return send_block(s, true);
    case Act::vote: return send_votes(s);
    case Act::pin: return send_pin(s, false);
    case Act::unpin: return send_pin(s, true);
    case Act::profile: return send_profile(s);
    case Act::revoke_quote: return send_revocation(s);
    case Act::move: return send_move(s);
    case Act::flag: return send_flag(s);
    case Act::close: return send_closing(s);
  }
}

}  // namespace posy::federation
