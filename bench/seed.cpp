#include "seed.hpp"

#include <fmt/format.h>

#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "store/account.hpp"
#include "store/login.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"

namespace posy::bench {
namespace {

// Rows a transaction: small enough that no engine chokes on one.
constexpr std::int64_t batch = 50'000;
// Follows a transaction: each changes the same rows, and PostgreSQL walks all versions of a row that a transaction has
// made so far.
constexpr std::int64_t follow_batch = 500;

AccountId add_person(db::Writer& w, std::string const& name, store::Role role) {
  store::Account account;
  account.id = w.make_id<AccountId>();
  account.username = account.username_key = name;
  account.display_name = "Person " + name;
  account.note = "<p>Writes about gardens, bridges and the weather at the sea.</p>";
  account.fields = "[]";
  account.discoverable = true;
  account.created_at = account.updated_at = w.now();
  store::insert_account(w, account);
  store::Login login;
  login.account = account.id;
  login.email = login.email_key = name + "@mail.example";
  login.password_hash = "*";
  login.role = role;
  login.approved_at = login.created_at = w.now();
  store::insert_login(w, login);
  return account.id;
}

// Calls `insert(from, to)` for every stretch of [0, count), each in a transaction of its own.
template <class Insert>
void in_batches(db::Database& database, std::int64_t count, Insert insert, std::int64_t size = batch) {
  for (std::int64_t from = 0; from < count; from += size) {
    auto run = [&](db::Writer& w) { insert(w, from, std::min(count, from + size)); };
    database.write_now(run);
  }
}

void analyze(db::Database& database) {
  auto run = [](db::Writer& w) { w.execute("analyze"); };
  database.write_now(run);
}

// Ids as if each row were made some milliseconds after the one before, ending about now.
std::int64_t first_id(db::Writer& w, std::int64_t count, int step_ms) {
  return first_id_at(w.now() - Milliseconds{count * step_ms + 60'000});
}

void add_posts(db::Database& database, Seeded const& out, std::vector<AccountId> const& authors, std::int64_t count) {
  std::int64_t base = 0;
  std::string content;
  for (int i = 0; i < 5; ++i) content += "A sentence about the light on the water in the evening, and who stood there. ";
  content = "<p>" + content + "</p>";
  auto begin = [&](db::Writer& w) { base = first_id(w, count, 1000); };
  database.write_now(begin);
  auto step = std::int64_t{1000} << 16;
  in_batches(database, count, [&](db::Writer& w, std::int64_t from, std::int64_t to) {
    w.run(R"sql(
        insert into post (id, author, created_at, visibility, thread, content, source, language, is_local)
        with recursive n(i) as (select cast($1 as bigint) union all select i + 1 from n where i + 1 < $2)
        select $3 + i * $4, a.id, ($3 + i * $4) / 65536, 0, $3 + i * $4, cast($5 as text), cast($5 as text), 'en', 1
        from n join account a on a.username_key = 'author' || (i % $6)  and a.domain = ''
    )sql",
          from, to, base, step, content, static_cast<std::int64_t>(authors.size()));
    w.run("insert into post_stats (post, favourites) select id, id % 7 from post where id >= $1 and id < $2",
          base + from * step, base + to * step);
    w.run("insert into timeline_entry (timeline, post) select cast($3 as bigint), id from post where id >= $1 and id < $2",
          base + from * step, base + to * step, out.reader);
  });
}

void add_followers(db::Database& database, Seeded const& out, std::int64_t count) {
  std::int64_t base = 0;
  auto begin = [&](db::Writer& w) { base = first_id(w, count, 1000) + 1; };
  database.write_now(begin);
  auto step = std::int64_t{1000} << 16;
  in_batches(database, count, [&](db::Writer& w, std::int64_t from, std::int64_t to) {
    w.run(R"sql(
        insert into account (id, username, username_key, domain, uri, url, display_name, created_at, updated_at)
        with recursive n(i) as (select cast($1 as bigint) union all select i + 1 from n where i + 1 < $2)
        select $3 + i * $4, 'f' || i, 'f' || i, 's' || (i % 20000) || '.example',
               'https://s' || (i % 20000) || '.example/users/f' || i, 'https://s' || (i % 20000) || '.example/@f' || i,
               'Follower ' || i, ($3 + i * $4) / 65536, ($3 + i * $4) / 65536
        from n
    )sql",
          from, to, base, step);
    w.run("insert into account_stats (account) select id from account where id >= $1 and id < $2 and domain <> ''",
          base + from * step, base + to * step);
    w.run(R"sql(
        insert into follow (id, account, target, boosts, notify, languages, created_at, by_local)
        select id, id, cast($3 as bigint), 1, 0, '', created_at, 0 from account
        where id >= $1 and id < $2 and domain <> ''
    )sql",
          base + from * step, base + to * step, out.reader);
  });
  auto note = [&](db::Writer& w) {
    w.run("update account_stats set followers = $2 where account = $1", out.reader, count);
  };
  database.write_now(note);
}

void add_notifications(db::Database& database, Seeded const& out, std::int64_t count, std::int64_t followers) {
  std::int64_t base = 0;
  auto begin = [&](db::Writer& w) { base = first_id(w, count, 1000) + 2; };
  database.write_now(begin);
  auto step = std::int64_t{1000} << 16;
  in_batches(database, count, [&](db::Writer& w, std::int64_t from, std::int64_t to) {
    // Mentions, favourites and boosts of the newest post, and follows, in turn.
    w.run(R"sql(
        insert into notification (id, account, kind, sender, post, group_key, created_at)
        with recursive n(i) as (select cast($1 as bigint) union all select i + 1 from n where i + 1 < $2)
        select $3 + i * $4, cast($5 as bigint),
               case i % 4 when 0 then 0 when 1 then 5 when 2 then 2 else 3 end,
               a.id, case when i % 4 = 3 then null else cast($6 as bigint) end,
               '', ($3 + i * $4) / 65536
        from n join account a on a.username_key = 'f' || (i % $7) and a.domain = 's' || ((i % $7) % 20000) || '.example'
    )sql",
          from, to, base, step, out.reader, out.newest_post, followers);
  });
}

AccountId add_remote_person(db::Writer& w, std::string const& name, std::string const& domain,
                            std::string const& inbox, bool is_shared) {
  store::Account account;
  account.id = w.make_id<AccountId>();
  account.username = account.username_key = name;
  account.domain = domain;
  account.uri = inbox + "/of/" + name;
  account.url = account.uri;
  account.display_name = "Follower " + name;
  account.created_at = account.updated_at = w.now();
  store::insert_account(w, account);
  store::RemoteAccount remote;
  remote.account = account.id;
  remote.inbox = is_shared ? *account.uri + "/inbox" : inbox;
  remote.shared_inbox = is_shared ? inbox : "";
  remote.fetched_at = w.now();
  store::put_remote(w, remote);
  return account.id;
}

}  // namespace

Seeded seed(db::Database& database, Size const& size) {
  Seeded out;
  out.reader_name = "reader";
  std::vector<AccountId> authors;
  auto people = [&](db::Writer& w) {
    out.reader = add_person(w, out.reader_name, store::Role::owner);
    for (int i = 0; i < size.authors; ++i) {
      authors.push_back(add_person(w, "author" + std::to_string(i), store::Role::user));
      w.run(R"sql(
          insert into follow (id, account, target, boosts, notify, languages, created_at, by_local)
          values ($1, $2, $3, 1, 0, '', $4, 1)
      )sql",
            w.make_id<RowId>(), out.reader, authors.back(), w.now());
    }
    out.token = random_token();
    w.run(R"sql(
        insert into oauth_token (id, token_hash, account, scopes, created_at) values ($1, $2, $3, 'read write', $4)
    )sql",
          w.make_id<TokenId>(), crypto::sha256_hex(out.token), out.reader, w.now());
  };
  database.write_now(people);
  add_posts(database, out, authors, size.posts);
  auto newest = [&](db::Reader& r) {
    auto [id, name] = *r.find<std::tuple<PostId, std::string>>(
        "select p.id, a.username from post p join account a on a.id = p.author order by p.id desc limit 1");
    out.newest_post = id;
    out.author_name = name;
  };
  database.read_now(newest);
  if (size.followers > 0) add_followers(database, out, size.followers);
  if (size.notifications > 0) add_notifications(database, out, size.notifications, size.followers);
  analyze(database);
  return out;
}

void seed_servers(db::Database& database, Seeded const& seeded, Servers const& servers) {
  auto count = std::ssize(servers.inboxes);
  // The first follower of each server comes as people do, so that all that is kept with a follow is kept.
  auto insert = [&](db::Writer& w, std::int64_t from, std::int64_t to) {
    for (auto i = from; i < to; ++i) {
      auto id = add_remote_person(w, "first", fmt::format("h{}{}", i, servers.host),
                                  servers.inboxes[static_cast<std::size_t>(i)], true);
      store::Follow follow;
      follow.id = w.make_id<RowId>();
      follow.account = id;
      follow.target = seeded.reader;
      follow.created_at = w.now();
      follow.by_local = false;
      store::insert_follow(w, follow);
    }
  };
  // PostgreSQL plans for empty tables until it is told what is there.
  auto known = std::min<std::int64_t>(count, follow_batch);
  in_batches(database, known, insert, follow_batch);
  analyze(database);
  in_batches(database, count - known, [&](db::Writer& w, std::int64_t from, std::int64_t to) {
    insert(w, known + from, known + to);
  }, follow_batch);
  // All others are copies of the first one of their server, by millions, where only their number matters.
  std::int64_t base = 0, copies = servers.followers / std::max<std::int64_t>(count, 1) - 1;
  auto begin = [&](db::Writer& w) { base = first_id(w, count * std::max<std::int64_t>(copies, 1), 1000) + 3; };
  database.write_now(begin);
  auto step = std::int64_t{1000} << 16;
  for (std::int64_t copy = 0; copy < copies; ++copy) {
    auto from = base + copy * count * step, to = from + count * step;
    auto name = "copy" + std::to_string(copy);
    auto add = [&](db::Writer& w) {
      w.run(R"sql(
          insert into account (id, username, username_key, domain, uri, url, display_name, created_at, updated_at)
          select $1 + row_number() over (order by a.id) * $2 - $2, cast($3 as text), cast($3 as text), a.domain,
                 a.uri || cast($3 as text), a.url || cast($3 as text), cast($3 as text), a.created_at, a.updated_at
          from account a where a.username_key = 'first'
      )sql",
            from, step, name);
      w.run(R"sql(
          insert into account_stats (account) select id from account where id >= $1 and id < $2 and username_key = $3
      )sql",
            from, to, name);
      w.run(R"sql(
          insert into remote_account (account, inbox, shared_inbox, fetched_at)
          select c.id, c.uri || '/inbox', r.shared_inbox, r.fetched_at
          from account c join account f on f.username_key = 'first' and f.domain = c.domain
            join remote_account r on r.account = f.id
          where c.id >= $1 and c.id < $2 and c.username_key = $3
      )sql",
            from, to, name);
      w.run(R"sql(
          insert into follow (id, account, target, boosts, notify, languages, created_at, by_local)
          select id, id, cast($3 as bigint), 1, 0, '', created_at, 0 from account
          where id >= $1 and id < $2 and username_key = $4
      )sql",
            from, to, seeded.reader, name);
    };
    database.write_now(add);
  }
  auto finish = [&](db::Writer& w) {
    w.run("update account_stats set followers = followers + $2 where account = $1", seeded.reader,
          count * (std::max<std::int64_t>(copies, 0) + 1));
  };
  database.write_now(finish);
  analyze(database);
}

void seed_stranger(db::Database& database, std::string const& name, std::string const& domain,
                   std::string const& inbox) {
  auto add = [&](db::Writer& w) { add_remote_person(w, name, domain, inbox, false); };
  database.write_now(add);
}

}  // namespace posy::bench
