#include "social/test_crowd.hpp"

namespace posy::social::testing {
namespace {

struct Fill {
  int rows;
  std::string_view sql;  // reads numbers 1 to `rows` from n (i)
};

// Multiplying by a prime and taking the rest strews one set of ids over another without repeating pairs.
// 3000 people, of whom the first 300 are of this server; 20000 posts, every fifth of them of this server;
// every tenth is a boost, and of the others many are replies; some few people have most of the followers.
constexpr Fill fills[] = {
    {3000,
     R"sql(insert into account (id, username, username_key, domain, uri, discoverable, created_at, updated_at)
        select i, 'name' || i, 'name' || i, case when i <= 300 then '' else 'd' || (i % 200) || '.example' end,
               case when i <= 300 then null else 'https://far.example/users/' || i end, i % 3 % 2, i, i from n)sql"},
    {3000,
     "insert into account_stats (account, posts, followers, last_post_at) select i, i % 50, i % 900, i from "
     "n"},
    {3000, "insert into account_word (word, account) select 'name' || i, i from n"},
    {3000, "insert into account_word (word, account) select 'surname' || (i % 700), i from n"},
    {300, R"sql(insert into login (account, email, email_key, password_hash, role, approved_at, created_at)
        select i, 'e' || i, 'e' || i, '', case when i = 1 then 3 when i < 5 then 1 else 0 end, i, i from n)sql"},
    {2000, R"sql(insert into oauth_app (id, client_id, secret_hash, name, redirect_uris, scopes, created_at)
        select i, 'c' || i, '', 'app', '', 'read', i from n)sql"},
    {900, R"sql(insert into oauth_token (id, token_hash, app, account, scopes, created_at)
        select i, 't' || i, i % 2000 + 1, i % 300 + 1, 'read', i from n)sql"},
    {900, R"sql(insert into oauth_code (code_hash, app, account, redirect_uri, scopes, challenge, expires_at)
        select 'c' || i, i % 2000 + 1, i % 300 + 1, '', '', '', i from n)sql"},
    {900, R"sql(insert into web_session (token_hash, account, csrf, created_at, used_at, address, agent)
        select 's' || i, i % 300 + 1, '', i, i, '', '' from n)sql"},
    {20000,
     R"sql(insert into post (id, author, created_at, visibility, in_reply_to, in_reply_to_account, thread,
          boost_of, quote_of, quote_state, content, uri, app, is_local)
        select i, case when i % 5 = 0 then i * 7 % 300 else i * 7 % 2700 + 300 end + 1, i,
          case when i % 4 = 0 then i / 4 % 4 else 0 end,
          case when i % 3 = 0 and i > 100 then i - 1 - i % 7 end,
          case when i % 3 = 0 and i > 100 then i % 2700 + 1 end,
          case when i % 3 = 0 and i > 100 then i - 1 - i % 7 else i end,
          case when i % 10 = 1 and i > 100 then i - 100 end, case when i % 40 = 2 and i > 100 then i - 7 end,
          case when i % 40 = 2 then 2 else 0 end, 'some words that a post consists of, of which there are more in most', case when i % 5 = 0 then null else 'https://far.example/' || i end,
          case when i % 5 = 0 then i % 2000 + 1 end, case when i % 5 = 0 then 1 else 0 end
        from n)sql"},
    {20000, "insert into post_stats (post, replies, boosts) select i, i % 3, i % 7 from n"},
    {20000, "insert into post_search (rowid, words) select i, 'word' from n"},
    {10000, "insert into mention (post, account) select i * 2, i * 11 % 3000 + 1 from n"},
    {5000, "insert into tag (id, name, display, created_at) select i, 'tag' || i, 'Tag' || i, i from n"},
    {15000, "insert into post_tag (tag, post) select i % 70 * (i % 90) % 5000 + 1, i from n"},
    {6000,
     "insert into tag_use (tag, day, account, uses) select i % 600 + 1, i / 600, i % 2999 + 1, 1 from n"},
    {5000, "insert into measure (scope, kind, hour, number) select i % 300, i / 300 % 3, i / 900 + 1000, i from n"},
    {9000, "insert into post_link (link_key, post) select 'key' || i % 2000, i * 2 from n"},
    {600, "insert into tag_follow (id, account, tag) select i, i % 299 + 1, i from n"},
    {600, "insert into featured_tag (id, account, tag) select i, i % 299 + 1, i from n"},
    {6000, "insert into favourite (id, account, post) select i, i % 300 + 1, i * 13 % 1009 + 1 from n"},
    {3000, "insert into bookmark (id, account, post) select i, i % 300 + 1, i * 17 % 1009 + 1 from n"},
    {600, "insert into pin (id, account, post) select i, i % 300 + 1, i * 19 % 19997 + 1 from n"},
    {600, "insert into thread_mute (account, thread) select i % 300 + 1, i * 23 % 19997 + 1 from n"},
    {4000,
     R"sql(insert into media (id, account, post, state, kind, blob, preview_blob, created_at, free_since)
        select i, i % 2999 + 1, case when i % 50 = 0 then null else i * 2 - 1 end, 1, 1, 'b' || i, 'p' || i, i, i
        from n)sql"},
    {400, "insert into poll (id, post, multiple, hide_totals) select i, i * 20, 0, 0 from n"},
    {1600,
     "insert into poll_option (poll, position, title) select i / 4 + 1, i % 4, 'option' from n where i < "
     "1600"},
    {4000, "insert into poll_vote (poll, account, choice) select i % 400 + 1, i % 2999 + 1, i % 4 from n"},
    {900, R"sql(insert into post_edit (id, post, created_at, content, notice, sensitive, poll)
        select i, i * 3, i, '', '', 0, '' from n)sql"},
    {900, "insert into post_edit_media (edit, position, media, description) select i, 0, i, '' from n"},
    {3000,
     R"sql(insert into scheduled_post (id, account, due_at, text, source_type, notice, language, visibility,
          poll_options, poll_seconds, poll_multiple, poll_hide_totals, error)
        select i, i % 300 + 1, i, '', 0, '', '', 0, '', 0, 0, 0, '' from n)sql"},
    {3000,
     R"sql(insert into manuscript (id, account, post, version, created_at, updated_at, title, text)
        select i, i % 300 + 1, case when i % 3 = 0 then i * 5 end, 1, i, i, 'title', 'some words' from n)sql"},
    {3000, R"sql(insert into manuscript_version (manuscript, version, begun_at, saved_at, title, summary, text)
        select i, 1, i, i, 'title', '', 'some words' from n)sql"},
    {3000, "insert into manuscript_media (manuscript, media) select i, i * 7 % 4000 + 1 from n"},
    {3000, "insert into essay_slug (author, slug, post) select i % 300 + 1, 'slug-' || i, i * 5 from n"},
    {900,
     "insert into sign_in_link (token_hash, account, expires_at) select 'l' || i, i % 300 + 1, i from n"},
    {900,
     "insert into idempotency (account, key, post, created_at) select i % 300 + 1, 'k' || i, i, i from n"},
    {9000, R"sql(insert into follow (id, account, target, created_at, by_local)
        select i, i * 7 % 3000 + 1, i % 17 * (i % 170) % 2999 + 1, i, case when i * 7 % 3000 < 300 then 1 else 0 end
        from n where 1 = 1 on conflict do nothing)sql"},
    {900, R"sql(insert into follow_request (id, account, target, created_at, by_local)
        select i, i * 7 % 3000 + 1, i % 300 + 1, i, 0 from n)sql"},
    {900, "insert into block (id, account, target) select i, i % 300 + 1, i * 29 % 97 + 1 from n"},
    {900, R"sql(insert into mute (id, account, target, expires_at)
        select i, i % 300 + 1, i * 31 % 97 + 1, case when i % 9 = 0 then i end from n)sql"},
    {900, R"sql(insert into domain_rule (id, domain, severity, created_at)
        select i, 'd' || i || '.rules.example', i % 3, i from n)sql"},
    {900, "insert into domain_allow (id, domain, created_at) select i, 'd' || i || '.rules.example', i from n"},
    {2500, R"sql(insert into held_account (account, applied, suspended, silenced, settled)
        select i + 300, 1, 1, 0, 1 from n)sql"},
    {900,
     "insert into domain_block (id, account, domain) select i, i % 300 + 1, 'd' || i || '.example' from n"},
    {900,
     "insert into account_note (account, target, comment) select i % 300 + 1, i * 37 % 2999 + 1, 'x' from n"},
    {900, "insert into endorsement (id, account, target) select i, i % 300 + 1, i * 41 % 2999 + 1 from n"},
    {900, "insert into suggestion_dismissed (account, target) select i % 300 + 1, i * 43 % 2999 + 1 from n"},
    {600, "insert into list (id, account, title) select i, i % 300 + 1, 'list' from n"},
    {6000, "insert into list_member (list, account) select i % 600 + 1, i * 47 % 2999 + 1 from n"},
    {30000, R"sql(insert into timeline_entry (timeline, post) select i % 900 + 1, i * 53 % 19997 + 1 from n
        where 1 = 1 on conflict do nothing)sql"},
    {9000,
     R"sql(insert into notification (id, account, kind, sender, post, group_key, filtered, newest, created_at)
        select i, i * 59 % 300 + 1, i % 11, i * 61 % 2999 + 1, case when i % 11 <> 3 then i * 67 % 19997 + 1 end,
          case when i % 2 = 0 then 'g' || i / 20 else '' end, case when i % 30 = 1 then 1 else 0 end,
          case when i % 20 = 0 or i % 2 = 1 then 1 else 0 end, i from n where 1 = 1 on conflict do nothing)sql"},
    {250, "insert into notification_policy (account) select i from n"},
    {900, R"sql(insert into notification_request (id, account, sender, created_at, updated_at)
        select i, i % 300 + 1, i * 71 % 2999 + 1, i, i from n)sql"},
    {900,
     "insert into notification_permission (account, sender) select i % 300 + 1, i * 73 % 2999 + 1 from n"},
    {3000, R"sql(insert into conversation (id, account, thread, last_post, participants, unread)
        select i, i % 300 + 1, i * 79 % 19997 + 1, i, '[]', 0 from n)sql"},
    {300,
     "insert into marker (account, timeline, last_read, version, updated_at) select i, 'home', i, 1, i from "
     "n"},
    {600, "insert into filter (id, account, title, contexts, action) select i, i % 300 + 1, '', 1, 0 from n"},
    {1200,
     "insert into filter_keyword (id, filter, keyword, whole_word) select i, i % 600 + 1, 'x', 1 from n"},
    {1200, "insert into filter_post (id, filter, post) select i, i % 600 + 1, i from n"},
    {20000, R"sql(insert into custom_emoji (id, shortcode, domain, blob, static_blob, updated_at)
        select i, 'code' || i, case when i <= 100 then '' else 'd' || i % 200 || '.example' end, 'e' || i, 's' || i, i
        from n)sql"},
    {3000, R"sql(insert into collection (id, account, name, created_at, updated_at)
        select i, i % 300 + 1, 'name', i, i from n)sql"},
    {15000, R"sql(insert into collection_item (id, collection, account, state, created_at)
        select i, i % 3000 + 1, i * 83 % 2999 + 1, i % 4, i from n)sql"},
    {900, R"sql(insert into report (id, account, target, category, comment, forward, created_at)
        select i, i % 300 + 1, i * 89 % 2999 + 1, 0, '', 0, i from n)sql"},
    {900, "insert into report_post (report, post) select i, i * 2 from n"},
    {900, "insert into report_collection (report, collection) select i, i * 2 from n"},
    {2700, R"sql(insert into remote_account (account, inbox, shared_inbox, fetched_at)
        select i + 300, 'https://d' || (i % 200) || '.example/' || i, 'https://d' || (i % 200) || '.example/', i from n)sql"},
    {2700, "insert into remote_uri (account, uri) select i + 300, 'https://d' || (i % 200) || '.example/' || i from n"},
    {2700, "insert into remote_profile (account, looked_at) select i + 300, i from n"},
    {9000, "insert into remote_thread (post, replies) select i * 2 + 1, 'https://far.example/' || i from n"},
    {9000, "insert into awaited_parent (post, parent) select i * 2 + 1, 'https://far.example/later/' || (i % 3000) from n"},
    {2700, "insert into other_name (name, account, is_page) select 'n' || i || '@web.example', i + 300, 0 from n"},
    {2700, "insert into other_name (name, post, is_page) select 'https://far.example/@n/' || i, i * 2 + 1, 1 from n"},
    {2700, "insert into remote_key (uri, account, kind, material) select 'key' || i, i + 300, 0, '' from n"},
    {300, R"sql(insert into signing_key (owner, rsa_private, rsa_public, ed25519_seed, ed25519_public, created_at)
        select i + 1, '', '', '', '', i from n)sql"},
    {9000, R"sql(insert into received (id, activity, actor, body, received_at, run_at, host, lane)
        select i, 'a' || i, '', '', i, case when i % 3 = 0 then i end, 'd' || (i % 900), i / 900 % 3 from n)sql"},
    {2700, "insert into sender (lane, host, run_at, waiting) select (i - 1) / 900, 'd' || (i % 900), i, 1 from n"},
    {900, R"sql(insert into outgoing (id, sender, body, waiting, created_at, post, finished_at)
        select i, i, '', 3, i, i, case when i % 3 = 0 then i end from n)sql"},
    {900, "insert into failed_delivery (outgoing, inbox, error, failed_at) select i, 'i' || i, '', i from n"},
    {2000, "insert into retired_inbox (inbox, retired_at) select 'https://r' || i || '.example/', i from n"},
    {2000, "insert into deleted_post (uri, deleted_at) select 'u' || i, i from n"},
    {2000, "insert into quote_stamp (post, uri) select i, 's' || i from n"},
    {2000, "insert into post_policy (post, reply, favourite, boost) select i, 1, 0, 0 from n"},
    {2700, R"sql(insert into delivery (host, outgoing, inbox)
        select 'd' || (i % 200), i % 900 + 1, 'i' || i from n)sql"},
    {2700, R"sql(insert into audience (account, host, inbox, followers)
        select i % 300 + 1, 'd' || (i % 200), 'i' || i, 1 from n)sql"},
    {2700, R"sql(insert into former_audience (account, host, inbox, left_at_id)
        select i % 300 + 1, 'd' || (i % 200), 'f' || i, i from n)sql"},
    {2000, "insert into post_told (post, inboxes) select i * 5, 'https://d.example/' from n"},
    {2000, "insert into post_reach (post, reach) select i * 5, i % 2 from n"},
    {900, "insert into peer (host, run_at) select 'd' || i, case when i % 3 = 0 then i end from n"},
    {6000, R"sql(insert into remote_file (id, kind, owner, url, blob, bytes, used_at)
        select i, i % 5, i / 5, 'u', 'c' || i, 10, i from n)sql"},
    {900, "insert into tombstone (post, author, visibility, deleted_at) select i + 100000, i % 300 + 1, 0, i from n"},
    {9000, R"sql(insert into link_preview (id, link_key, link, state, asked_at, run_at, look_at, creator, image)
        select i, 'key' || i, 'l', i % 3, i, case when i % 50 = 0 then i end, 2000000000000 + i,
          case when i % 50 = 1 then i % 2999 + 1 end, case when i % 3 = 1 then 'i' || i else '' end from n)sql"},
    {9000, "insert into post_preview (post, preview) select i * 2, i % 3000 + 1 from n"},
    {900, R"sql(insert into move (account, target, redirects, begun_at, last_follow, step, position, followers)
        select i, i + 1, i % 2, i, i, 4, 0, 0 from n)sql"},
    {900, "insert into account_alias (account, uri, created_at) select i % 300 + 1, 'u' || i, i from n"},
    {900, R"sql(insert into move_request (id, account, kind, target, state, message, created_at)
        select i, i % 300 + 1, 0, '', 2, '', i from n)sql"},
    {2000, "insert into job (id, kind, payload, run_at) select i, 'end_poll', '' || i, i from n"},
};

}  // namespace

void fill(World& world) {
  bool const postgres = world.database->engine() == db::Engine::postgres;
  world.write([&](db::Writer& w) {
    for (auto const& [rows, sql] : fills) {
      auto start = std::string("with recursive n (i) as (select 1 union all select i + 1 from n where i < ") +
                   std::to_string(rows) + ") ";
      std::string statement = start + std::string(sql);
      if (auto at = statement.find("'word' from"); postgres && at != statement.npos)
        statement.replace(at, 6, "to_tsvector('simple', 'word')");
      w.execute(statement);
    }
  });
  // SQLite has no statistics in life; PostgreSQL takes its own.
  if (postgres) world.write([](db::Writer& w) { w.execute("analyze"); });
}

}  // namespace posy::social::testing
