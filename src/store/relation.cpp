#include "store/relation.hpp"

#include "store/audience.hpp"

namespace posy::store {
namespace {

template <class... A>
bool exists(db::Reader& r, std::string_view sql, A const&... a) {
  return r.find<std::int64_t>(sql, a...).has_value();
}

}  // namespace

std::optional<Follow> find_follow(db::Reader& r, AccountId account, AccountId target) {
  return r.find<Follow>("select :row from follow where account = $1 and target = $2", account, target);
}

bool is_following(db::Reader& r, AccountId account, AccountId target) {
  return exists(r, "select 1 from follow where account = $1 and target = $2", account, target);
}

std::vector<AccountId> followed_among(db::Reader& r, AccountId account,
                                      std::vector<AccountId> const& targets) {
  if (targets.empty()) return {};
  return r.all<AccountId>("select target from follow where account = $1 and target in ids($2)", account,
                          targets);
}

bool insert_follow(db::Writer& w, Follow const& follow) {
  if (!w.insert_new("follow", follow)) return false;
  if (!follow.by_local) join_audience(w, follow.target, follow.account);
  return true;
}

void update_follow(db::Writer& w, Follow const& f) {
  w.run("update follow set boosts = $3, notify = $4, languages = $5 where account = $1 and target = $2",
        f.account, f.target, f.boosts, f.notify, f.languages);
}

bool delete_follow(db::Writer& w, AccountId account, AccountId target) {
  auto by_local =
      w.find<bool>("delete from follow where account = $1 and target = $2 returning by_local", account, target);
  if (by_local == false) leave_audience(w, target, account);
  return by_local.has_value();
}

std::vector<Listed> followers_of(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select id, account from follow where target = $4 and :page(id)");
  return sql.all<Listed>(r, page, account);
}

std::vector<Listed> following_of(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select id, target from follow where account = $4 and :page(id)");
  return sql.all<Listed>(r, page, account);
}

std::vector<AccountId> familiar_followers(db::Reader& r, AccountId viewer, AccountId target, int limit) {
  // Each of the viewer's follows is one look into an index: the famous have far more followers than that.
  return r.all<AccountId>(R"sql(
      select f.target from follow f
      join follow g on g.account = f.target and g.target = $2
      join account a on a.id = f.target
      where f.account = $1 and a.suspended_at is null and a.hide_collections = 0
      limit $3
  )sql",
                          viewer, target, limit);
}

std::optional<Follow> find_follow_request(db::Reader& r, AccountId account, AccountId target) {
  return r.find<Follow>("select :row from follow_request where account = $1 and target = $2", account,
                        target);
}

bool insert_follow_request(db::Writer& w, Follow const& request) {
  return w.insert_new("follow_request", request);
}

void update_follow_request(db::Writer& w, Follow const& f) {
  w.run(
      "update follow_request set boosts = $3, notify = $4, languages = $5 where account = $1 and target = $2",
      f.account, f.target, f.boosts, f.notify, f.languages);
}

bool delete_follow_request(db::Writer& w, AccountId account, AccountId target) {
  return w.run("delete from follow_request where account = $1 and target = $2", account, target) > 0;
}

std::vector<Listed> follow_requests_to(db::Reader& r, AccountId target, Page const& page) {
  static PagedSql const sql("select id, account from follow_request where target = $4 and :page(id)");
  return sql.all<Listed>(r, page, target);
}

std::int64_t count_follow_requests(db::Reader& r, AccountId target) {
  return r.one<std::int64_t>("select count(*) from follow_request where target = $1", target);
}

bool has_blocked(db::Reader& r, AccountId account, AccountId target) {
  return exists(r, "select 1 from block where account = $1 and target = $2", account, target);
}

bool is_blocked_between(db::Reader& r, AccountId one, AccountId other) {
  return has_blocked(r, one, other) || has_blocked(r, other, one);
}

bool insert_block(db::Writer& w, Block const& block) {
  return w.insert_new("block", block);
}

bool delete_block(db::Writer& w, AccountId account, AccountId target) {
  return w.run("delete from block where account = $1 and target = $2", account, target) > 0;
}

std::vector<Listed> blocks_of(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select id, target from block where account = $4 and :page(id)");
  return sql.all<Listed>(r, page, account);
}

void put_mute(db::Writer& w, Mute const& m) {
  w.run(R"sql(
      insert into mute (id, account, target, notifications, expires_at) values ($1, $2, $3, $4, $5)
      on conflict (account, target)
      do update set notifications = excluded.notifications, expires_at = excluded.expires_at
  )sql",
        m.id, m.account, m.target, m.notifications, m.expires_at);
}

bool delete_mute(db::Writer& w, AccountId account, AccountId target) {
  return w.run("delete from mute where account = $1 and target = $2", account, target) > 0;
}

void delete_expired_mutes(db::Writer& w, AccountId account) {
  w.run("delete from mute where account = $1 and expires_at <= $2", account, w.now());
}

std::vector<Mute> mutes_of(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql(
      "select :row from mute where account = $4 and (expires_at is null or expires_at > $5) and :page(id)");
  return sql.all<Mute>(r, page, account, r.now());
}

bool has_blocked_domain(db::Reader& r, AccountId account, std::string_view domain) {
  return exists(r, "select 1 from domain_block where account = $1 and domain = $2", account, domain);
}

bool insert_domain_block(db::Writer& w, DomainBlock const& block) {
  return w.insert_new("domain_block", block);
}

bool delete_domain_block(db::Writer& w, AccountId account, std::string_view domain) {
  return w.run("delete from domain_block where account = $1 and domain = $2", account, domain) > 0;
}

std::vector<DomainBlock> domain_blocks_of(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select :row from domain_block where account = $4 and :page(id)");
  return sql.all<DomainBlock>(r, page, account);
}

void put_account_note(db::Writer& w, AccountId account, AccountId target, std::string_view comment) {
  if (comment.empty()) {
    w.run("delete from account_note where account = $1 and target = $2", account, target);
    return;
  }
  w.run(R"sql(
      insert into account_note (account, target, comment) values ($1, $2, $3)
      on conflict (account, target) do update set comment = excluded.comment
  )sql",
        account, target, comment);
}

bool insert_endorsement(db::Writer& w, RowId id, AccountId account, AccountId target) {
  return w.run("insert into endorsement (id, account, target) values ($1, $2, $3) on conflict do nothing", id,
               account, target) > 0;
}

bool delete_endorsement(db::Writer& w, AccountId account, AccountId target) {
  return w.run("delete from endorsement where account = $1 and target = $2", account, target) > 0;
}

std::vector<Listed> endorsements_of(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql("select id, target from endorsement where account = $4 and :page(id)");
  return sql.all<Listed>(r, page, account);
}

}  // namespace posy::store
