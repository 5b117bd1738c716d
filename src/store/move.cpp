#include "store/move.hpp"

#include "store/remote.hpp"

namespace posy::store {

std::optional<Move> find_move(db::Reader& r, AccountId account) {
  return r.find<Move>("select :row from move where account = $1", account);
}

void put_move(db::Writer& w, Move const& move) {
  w.run("delete from move where account = $1", move.account);
  w.insert("move", move);
}

void update_move(db::Writer& w, Move const& m) {
  w.run("update move set redirects = $2, step = $3, position = $4, followers = $5 where account = $1", m.account,
        m.redirects, m.step, m.position, m.followers);
}

AccountId moved_to(db::Reader& r, AccountId account) {
  auto target = r.find<AccountId>(R"sql(
      select moved_to from remote_account where account = $1 and moved_to is not null
      union all
      select target from move where account = $1 and redirects = 1
      limit 1
  )sql",
                                  account);
  return target.value_or(AccountId{});
}

bool has_left(db::Reader& r, AccountId local) {
  return r.find<int>("select 1 from move where account = $1 and redirects = 1", local).has_value();
}

void set_moved_to(db::Writer& w, AccountId remote, AccountId target) {
  w.run("update remote_account set moved_to = $2 where account = $1", remote, target);
}

std::vector<AccountId> blockers_of(db::Reader& r, AccountId target, std::int64_t after, int limit) {
  return r.all<AccountId>(R"sql(
      select b.account from block b
      where b.target = $1 and b.account > $2 and (select 1 from login where account = b.account) is not null
      order by b.account limit $3
  )sql",
                          target, after, limit);
}

std::vector<AccountId> local_followers_of(db::Reader& r, AccountId target, std::int64_t after, RowId last_follow,
                                          int limit) {
  return r.all<AccountId>(R"sql(
      select account from follow
      where target = $1 and by_local = 1 and account > $2 and id <= $3
      order by account limit $4
  )sql",
                          target, after, last_follow, limit);
}

std::int64_t count_left_behind(db::Reader& r, Move const& move) {
  return r.one<std::int64_t>(
      "select count(*) from follow where target = $1 and by_local = 1 and account > $2 and id <= $3", move.account,
      move.step == MoveStep::follows ? move.position : 0, move.last_follow);
}

std::vector<Mute> mutes_about(db::Reader& r, AccountId target, std::int64_t after, int limit) {
  return r.all<Mute>(R"sql(
      select :row from mute
      where target = $1 and account > $2 and (expires_at is null or expires_at > $3)
      order by account limit $4
  )sql",
                     target, after, r.now(), limit);
}

bool add_mute(db::Writer& w, Mute const& mute) {
  return w.insert_new("mute", mute);
}

std::vector<NoteAbout> notes_about(db::Reader& r, AccountId target, std::int64_t after, int limit) {
  return r.all<NoteAbout>(
      "select :row from account_note where target = $1 and account > $2 order by account limit $3", target,
      after, limit);
}

void add_account_note(db::Writer& w, AccountId account, AccountId target, std::string_view comment) {
  w.run("insert into account_note (account, target, comment) values ($1, $2, $3) on conflict do nothing", account,
        target, comment);
}

void put_beside_in_lists(db::Writer& w, AccountId owner, AccountId member, AccountId other) {
  w.run(R"sql(
      insert into list_member (list, account)
      select m.list, cast($3 as bigint) from list_member m
      where m.account = $2 and m.list in (select id from list where account = $1)
      on conflict do nothing
  )sql",
        owner, member, other);
}

std::vector<Alias> aliases_of(db::Reader& r, AccountId local) {
  return r.all<Alias>("select :row from account_alias where account = $1 order by created_at, uri", local);
}

bool insert_alias(db::Writer& w, Alias const& alias) {
  return w.insert_new("account_alias", alias);
}

bool delete_alias(db::Writer& w, AccountId local, std::string_view uri) {
  return w.run("delete from account_alias where account = $1 and uri = $2", local, uri) > 0;
}

bool is_known_as(db::Reader& r, Account const& account, std::string_view uri) {
  if (account.is_local())
    return r.find<int>("select 1 from account_alias where account = $1 and uri = $2", account.id, uri).has_value();
  auto remote = find_remote(r, account.id);
  if (!remote || uri.empty()) return false;
  for (std::string_view rest = remote->also_known_as; !rest.empty();) {
    auto end = rest.find('\n');
    if (rest.substr(0, end) == uri) return true;
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return false;
}

std::optional<MoveRequest> find_move_request(db::Reader& r, RowId id) {
  return r.find<MoveRequest>("select :row from move_request where id = $1", id);
}

void insert_move_request(db::Writer& w, MoveRequest const& request) {
  w.insert("move_request", request);
}

void delete_move_requests(db::Writer& w, AccountId account, Time before) {
  w.run("delete from move_request where account = $1 and created_at < $2", account, before);
}

bool take_move_request(db::Writer& w, RowId id) {
  return w.run("update move_request set state = 1 where id = $1 and state <= 1", id) > 0;
}

bool withdraw_move_request(db::Writer& w, RowId id) {
  return w.run("delete from move_request where id = $1 and state = 0", id) > 0;
}

void finish_move_request(db::Writer& w, RowId id, MoveRequestState state, std::string_view message) {
  w.run("update move_request set state = $2, message = $3 where id = $1 and state <= 1", id, state, message);
}

}  // namespace posy::store
