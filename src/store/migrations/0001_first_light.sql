-- Conventions: times are milliseconds, flags are 0 or 1, ids come from the program. `domain` is empty for
-- people of this server. A column that names another row has that row's noun as its name.

create table account (
  id $id,
  username text not null,
  username_key text not null,          -- lower case: what must be unique
  domain text not null default '',
  uri text,                            -- null for local accounts: built from the host
  url text,
  display_name text not null default '',
  note text not null default '',       -- HTML, clean
  note_source text not null default '',
  fields text not null default '[]',   -- JSON: [{"name", "value", "source", "verified_at"}]
  avatar text not null default '',     -- key in the blob store, empty for the built-in picture
  header text not null default '',
  avatar_description text not null default '',
  header_description text not null default '',
  locked integer not null default 0,
  bot integer not null default 0,
  discoverable integer not null default 0,
  indexable integer not null default 0,
  hide_collections integer not null default 0,
  show_media integer not null default 1,           -- which tabs the profile has
  show_media_replies integer not null default 1,
  show_featured integer not null default 1,
  attribution_domains text not null default '[]',
  suspended_at bigint,
  silenced_at bigint,
  memorial integer not null default 0,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index account_handle on account (username_key, domain);
create unique index account_uri on account (uri) where uri is not null;
create index account_avatar on account (avatar) where avatar <> '';
create index account_header on account (header) where header <> '';
create index account_domain on account (domain) where domain <> '';
create index account_local on account (id) where domain = '' and discoverable = 1;
create index account_discoverable on account (id) where discoverable = 1;

create table account_stats (
  account $id,
  posts bigint not null default 0,
  followers bigint not null default 0,
  following bigint not null default 0,
  last_post_at bigint
);
create index account_stats_active on account_stats (last_post_at) where last_post_at is not null;

-- Words of names, folded, for searching by their beginning: compared byte by byte on both engines.
--@sqlite
create table account_word (
  word text not null,
  account bigint not null references account (id) on delete cascade,
  primary key (word, account)
) without rowid;
--@postgres
create table account_word (
  word text collate "C" not null,
  account bigint not null references account (id) on delete cascade,
  primary key (word, account)
);
--@both
create index account_word_account on account_word (account, word);

-- People whom somebody does not want to have suggested.
create table suggestion_dismissed (
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade,
  primary key (account, target)
) $without_rowid;
create index suggestion_dismissed_target on suggestion_dismissed (target);

-- People of this server: how they sign in and what they prefer.
create table login (
  account $id,
  email text not null,
  email_key text not null,             -- lower case
  password_hash text not null,
  role integer not null default 0,     -- 0 user, 1 moderator, 2 admin, 3 owner
  locale text not null default 'en',
  reason text not null default '',     -- why an applicant wants to join
  approved_at bigint,                  -- null while the application waits
  disabled_at bigint,
  created_at bigint not null,
  default_visibility integer not null default 0,
  default_sensitive integer not null default 0,
  default_language text not null default '',
  default_quote_policy integer not null default 0,
  expand_media text not null default 'default',
  expand_spoilers integer not null default 0,
  autoplay_gifs integer not null default 0
);
create unique index login_email on login (email_key);
create index login_owner on login (role) where role = 3;
create index login_staff on login (role) where role > 0;

create table web_session (
  token_hash text primary key,         -- SHA-256 of the cookie
  account bigint not null references account (id) on delete cascade,
  csrf text not null,
  created_at bigint not null,
  used_at bigint not null,
  address text not null,
  agent text not null
) $without_rowid;
create index web_session_account on web_session (account);

create table oauth_app (
  id $id,
  client_id text not null,
  secret_hash text not null,
  name text not null,
  website text not null default '',
  redirect_uris text not null,         -- one a line
  scopes text not null,                -- separated by blanks
  created_at bigint not null
);
create unique index oauth_app_client on oauth_app (client_id);

create table oauth_code (
  code_hash text primary key,
  app bigint not null references oauth_app (id) on delete cascade,
  account bigint not null references account (id) on delete cascade,
  redirect_uri text not null,
  scopes text not null,
  challenge text not null,             -- PKCE S256, empty when none was given
  expires_at bigint not null,
  token bigint                         -- what it was exchanged for; null while it is good
) $without_rowid;
create index oauth_code_expiry on oauth_code (expires_at);
create index oauth_code_account on oauth_code (account);
create index oauth_code_app on oauth_code (app);

create table oauth_token (
  id $id,
  token_hash text not null,
  app bigint references oauth_app (id) on delete cascade,
  account bigint references account (id) on delete cascade,   -- null: the application itself
  scopes text not null,
  created_at bigint not null,
  used_at bigint
);
create unique index oauth_token_hash on oauth_token (token_hash);
create index oauth_token_account on oauth_token (account);
create index oauth_token_app on oauth_token (app);

create table post (
  id $id,
  author bigint not null references account (id) on delete cascade,
  created_at bigint not null,
  edited_at bigint,
  visibility integer not null,         -- 0 public, 1 unlisted, 2 followers, 3 direct
  in_reply_to bigint,
  in_reply_to_account bigint,
  thread bigint not null,              -- id of the first post
  boost_of bigint references post (id) on delete cascade,
  quote_of bigint,
  quote_state integer not null default 0,
  quote_policy integer not null default 0,
  content text not null default '',    -- HTML, clean
  source text not null default '',
  source_type integer not null default 0,
  notice text not null default '',
  sensitive integer not null default 0,
  language text not null default '',
  uri text,                            -- null for posts of this server
  url text,
  app bigint references oauth_app (id) on delete set null,
  poll bigint,
  is_local integer not null
);
create index post_author on post (author, id);
create index post_reply on post (in_reply_to, id) where in_reply_to is not null;
create index post_thread on post (thread, id);
create unique index post_boost on post (boost_of, author) where boost_of is not null;
create index post_boosts on post (boost_of, id) where boost_of is not null;
create index post_quote on post (quote_of, id) where quote_of is not null;
create unique index post_uri on post (uri) where uri is not null;
create index post_app on post (app) where app is not null;
create index post_local on post (id) where is_local = 1;
create index post_public on post (id)
  where visibility = 0 and boost_of is null and (in_reply_to is null or in_reply_to_account = author);
create index post_public_local on post (is_local, id)
  where visibility = 0 and boost_of is null and (in_reply_to is null or in_reply_to_account = author);

-- Apart from the post, so that a thousand favourites do not rewrite its text.
create table post_stats (
  post $id,
  replies bigint not null default 0,
  boosts bigint not null default 0,
  favourites bigint not null default 0,
  quotes bigint not null default 0
);

create table mention (
  post bigint not null references post (id) on delete cascade,
  account bigint not null references account (id) on delete cascade,
  primary key (post, account)
) $without_rowid;
create index mention_account on mention (account, post);

-- `name` is folded, and compared byte by byte on both engines: it is searched by its beginning.
--@sqlite
create table tag (
  id integer primary key,
  name text not null,
  display text not null,
  created_at bigint not null
);
--@postgres
create table tag (
  id bigint primary key,
  name text collate "C" not null,
  display text not null,
  created_at bigint not null
);
--@both
create unique index tag_name on tag (name);

create table post_tag (
  tag bigint not null references tag (id) on delete cascade,
  post bigint not null references post (id) on delete cascade,
  primary key (tag, post)
) $without_rowid;
create index post_tag_post on post_tag (post);

-- Who used a tag on which day (days since 1970, UTC).
create table tag_use (
  tag bigint not null references tag (id) on delete cascade,
  day integer not null,
  account bigint not null,
  uses integer not null,
  primary key (tag, day, account)
) $without_rowid;

-- Which posts lead to a page: `link_key` is made of its address (store/post_link.hpp).
create table post_link (
  link_key text not null,
  post bigint not null references post (id) on delete cascade,
  primary key (link_key, post)
) $without_rowid;
-- By hash where there is a choice: a planner that knows nothing of a link must not walk the newest posts for it.
--@sqlite
create index post_link_post on post_link (post);
--@postgres
create index post_link_post on post_link using hash (post);
--@both

create table tag_follow (
  id $id,
  account bigint not null references account (id) on delete cascade,
  tag bigint not null references tag (id) on delete cascade
);
create unique index tag_follow_pair on tag_follow (account, tag);
create index tag_follow_tag on tag_follow (tag);
create index tag_follow_account on tag_follow (account, id);

create table featured_tag (
  id $id,
  account bigint not null references account (id) on delete cascade,
  tag bigint not null references tag (id) on delete cascade
);
create unique index featured_tag_pair on featured_tag (account, tag);
create index featured_tag_tag on featured_tag (tag);

create table favourite (
  id $id,
  account bigint not null references account (id) on delete cascade,
  post bigint not null references post (id) on delete cascade
);
create unique index favourite_pair on favourite (account, post);
create index favourite_post on favourite (post, id);
create index favourite_account on favourite (account, id);

create table bookmark (
  id $id,
  account bigint not null references account (id) on delete cascade,
  post bigint not null references post (id) on delete cascade
);
create unique index bookmark_pair on bookmark (account, post);
create index bookmark_post on bookmark (post);
create index bookmark_account on bookmark (account, id);

create table pin (
  id $id,
  account bigint not null references account (id) on delete cascade,
  post bigint not null references post (id) on delete cascade
);
create unique index pin_pair on pin (account, post);
create index pin_post on pin (post);

create table thread_mute (
  account bigint not null references account (id) on delete cascade,
  thread bigint not null,
  primary key (account, thread)
) $without_rowid;

create table media (
  id $id,
  account bigint not null references account (id) on delete cascade,
  post bigint references post (id) on delete set null,
  scheduled bigint,                    -- the scheduled post that waits for it
  position integer not null default 0,
  state integer not null default 0,    -- 0 being processed, 1 ready, 2 failed
  kind integer not null,               -- 0 unknown, 1 image, 2 gifv, 3 video, 4 audio
  mime text not null default '',
  blob text not null default '',
  preview_blob text not null default '',
  description text not null default '',
  focus_x double precision not null default 0,
  focus_y double precision not null default 0,
  blurhash text not null default '',
  width integer not null default 0,
  height integer not null default 0,
  preview_width integer not null default 0,
  preview_height integer not null default 0,
  duration double precision not null default 0,
  frame_rate double precision not null default 0,
  bitrate integer not null default 0,
  error text not null default '',
  created_at bigint not null,
  free_since bigint not null           -- since when no post has it; meaningless while one does
);
create index media_post on media (post, position) where post is not null;
create index media_account on media (account, post);
create index media_scheduled on media (scheduled) where scheduled is not null;
create index media_unused on media (free_since) where post is null and scheduled is null;
create index media_blob on media (blob);
create index media_preview_blob on media (preview_blob);

create table poll (
  id $id,
  post bigint not null references post (id) on delete cascade,
  expires_at bigint,
  multiple integer not null,
  hide_totals integer not null,
  voters bigint not null default 0,
  ended integer not null default 0     -- 1 once everybody has been told
);
create unique index poll_post on poll (post);

create table poll_option (
  poll bigint not null references poll (id) on delete cascade,
  position integer not null,
  title text not null,
  votes bigint not null default 0,
  primary key (poll, position)
) $without_rowid;

create table poll_vote (
  poll bigint not null references poll (id) on delete cascade,
  account bigint not null references account (id) on delete cascade,
  choice integer not null,
  primary key (poll, account, choice)
) $without_rowid;
create index poll_vote_account on poll_vote (account);

-- What a post was before and after each edit; the first row is the original.
create table post_edit (
  id $id,
  post bigint not null references post (id) on delete cascade,
  created_at bigint not null,
  content text not null,
  notice text not null,
  sensitive integer not null,
  poll text not null                   -- the titles of its options, one a line
);
create index post_edit_post on post_edit (post, id);

create table post_edit_media (
  edit bigint not null references post_edit (id) on delete cascade,
  position integer not null,
  media bigint not null,
  description text not null,
  primary key (edit, position)
) $without_rowid;

-- A draft that waits for its hour; its media name it in `scheduled`.
create table scheduled_post (
  id $id,
  account bigint not null references account (id) on delete cascade,
  due_at bigint not null,
  app bigint,
  text text not null,
  source_type integer not null,
  notice text not null,
  sensitive integer,
  language text not null,
  visibility integer not null,
  in_reply_to bigint,
  quote_of bigint,
  quote_policy integer,
  poll_options text not null,          -- one a line
  poll_seconds integer not null,
  poll_multiple integer not null,
  poll_hide_totals integer not null,
  error text not null                  -- why it could not be published
);
create index scheduled_post_account on scheduled_post (account, id);
create index scheduled_post_day on scheduled_post (account, due_at);

create table idempotency (
  account bigint not null references account (id) on delete cascade,
  key text not null,
  post bigint not null,
  created_at bigint not null,
  primary key (account, key)
) $without_rowid;
create index idempotency_age on idempotency (created_at);

create table follow (
  id $id,
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade,
  boosts integer not null default 1,
  notify integer not null default 0,
  languages text not null default '',  -- separated by blanks; empty: all
  created_at bigint not null,
  by_local integer not null            -- the follower is of this server
);
create unique index follow_pair on follow (account, target);
create index follow_target on follow (target, id);
create index follow_account on follow (account, id);
create index follow_local on follow (target, account) where by_local = 1;

create table follow_request (
  id $id,
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade,
  boosts integer not null default 1,
  notify integer not null default 0,
  languages text not null default '',
  created_at bigint not null,
  by_local integer not null            -- the follower is of this server
);
create unique index follow_request_pair on follow_request (account, target);
create index follow_request_target on follow_request (target, id);

create table block (
  id $id,
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade
);
create unique index block_pair on block (account, target);
create index block_target on block (target, account);
create index block_account on block (account, id);

create table mute (
  id $id,
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade,
  notifications integer not null default 1,
  expires_at bigint
);
create unique index mute_pair on mute (account, target);
create index mute_target on mute (target, account);
create index mute_account on mute (account, id);
create index mute_expiry on mute (expires_at) where expires_at is not null;

create table domain_block (
  id $id,
  account bigint not null references account (id) on delete cascade,
  domain text not null
);
create unique index domain_block_pair on domain_block (account, domain);
create index domain_block_account on domain_block (account, id);

create table account_note (
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade,
  comment text not null,
  primary key (account, target)
) $without_rowid;
create index account_note_target on account_note (target);

create table endorsement (
  id $id,
  account bigint not null references account (id) on delete cascade,
  target bigint not null references account (id) on delete cascade
);
create unique index endorsement_pair on endorsement (account, target);
create index endorsement_target on endorsement (target);
create index endorsement_account on endorsement (account, id);

create table list (
  id $id,
  account bigint not null references account (id) on delete cascade,
  title text not null,
  replies_policy integer not null default 1,   -- 0 none, 1 list, 2 followed
  exclusive integer not null default 0
);
create index list_account on list (account);

create table list_member (
  list bigint not null references list (id) on delete cascade,
  account bigint not null references account (id) on delete cascade,
  primary key (list, account)
) $without_rowid;
create index list_member_account on list_member (account);

-- People whom somebody recommends to others.
create table collection (
  id $id,
  account bigint not null references account (id) on delete cascade,
  name text not null,
  description text not null default '',
  language text not null default '',
  tag bigint references tag (id) on delete set null,
  sensitive integer not null default 0,
  discoverable integer not null default 1,
  created_at bigint not null,
  updated_at bigint not null
);
create index collection_account on collection (account);
create index collection_tag on collection (tag) where tag is not null;

create table collection_item (
  id $id,
  collection bigint not null references collection (id) on delete cascade,
  account bigint not null references account (id) on delete cascade,
  state integer not null,              -- 0 pending, 1 accepted, 2 rejected, 3 revoked
  created_at bigint not null
);
create unique index collection_item_pair on collection_item (collection, account);
create index collection_item_account on collection_item (account);

-- What stands in a home timeline (`timeline` is the reader's account) or in a list (its id). An entry whose
-- post is gone is passed over when reading.
create table timeline_entry (
  timeline bigint not null,
  post bigint not null,
  primary key (timeline, post)
) $without_rowid;

create table notification (
  id $id,
  account bigint not null references account (id) on delete cascade,
  kind integer not null,
  sender bigint not null references account (id) on delete cascade,
  post bigint references post (id) on delete cascade,
  group_key text not null,              -- empty: it stands alone
  filtered integer not null default 0,  -- 1: kept among the requests
  newest integer not null default 1,    -- 1: the newest of its group, or alone
  group_size bigint not null default 1, -- of the whole group, true where `newest` is 1
  created_at bigint not null
);
create index notification_account on notification (account, filtered, newest, id);
create index notification_kind on notification (account, filtered, kind, newest, id);
create index notification_group on notification (account, group_key, id) where group_key <> '';
create unique index notification_newest on notification (account, group_key) where newest = 1 and group_key <> '';
create index notification_sender on notification (sender, account, id);
create index notification_post on notification (post, sender) where post is not null;

create table notification_policy (
  account $id,                          -- each column: 0 accept, 1 filter, 2 drop
  for_not_following integer not null default 0,
  for_not_followers integer not null default 0,
  for_new_accounts integer not null default 0,
  for_private_mentions integer not null default 1,
  for_limited_accounts integer not null default 1
);

create table notification_request (
  id $id,
  account bigint not null references account (id) on delete cascade,
  sender bigint not null references account (id) on delete cascade,
  last_post bigint,
  notifications bigint not null default 0,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index notification_request_pair on notification_request (account, sender);
create index notification_request_account on notification_request (account, id);
create index notification_request_sender on notification_request (sender);

-- Senders whose notifications are never filtered, because the reader said so.
create table notification_permission (
  account bigint not null references account (id) on delete cascade,
  sender bigint not null references account (id) on delete cascade,
  primary key (account, sender)
) $without_rowid;
create index notification_permission_sender on notification_permission (sender);

create table conversation (
  id $id,
  account bigint not null references account (id) on delete cascade,
  thread bigint not null,
  last_post bigint not null,
  participants text not null,           -- JSON: ids of the others, sorted
  unread integer not null
);
create unique index conversation_thread on conversation (account, thread);
create index conversation_last on conversation (account, last_post);

create table marker (
  account bigint not null references account (id) on delete cascade,
  timeline text not null,
  last_read bigint not null,
  version integer not null,
  updated_at bigint not null,
  primary key (account, timeline)
) $without_rowid;

create table filter (
  id $id,
  account bigint not null references account (id) on delete cascade,
  title text not null,
  contexts integer not null,            -- bits: 1 home, 2 notifications, 4 public, 8 thread, 16 account
  action integer not null,              -- 0 warn, 1 hide, 2 blur
  expires_at bigint
);
create index filter_account on filter (account);

create table filter_keyword (
  id $id,
  filter bigint not null references filter (id) on delete cascade,
  keyword text not null,
  whole_word integer not null
);
create index filter_keyword_filter on filter_keyword (filter);

create table filter_post (
  id $id,
  filter bigint not null references filter (id) on delete cascade,
  post bigint not null
);
create unique index filter_post_pair on filter_post (filter, post);

-- What people tell the moderators. A post or collection that is named may be gone by now.
create table report (
  id $id,
  account bigint not null references account (id) on delete cascade,   -- who reports
  target bigint not null references account (id) on delete cascade,    -- and whom
  category integer not null,           -- 0 other, 1 spam, 2 legal, 3 violation
  comment text not null,
  forward integer not null,            -- 1: her own server should be told too
  created_at bigint not null,
  action_taken_at bigint
);
create index report_account on report (account);
create index report_target on report (target);

create table report_post (
  report bigint not null references report (id) on delete cascade,
  post bigint not null,
  primary key (report, post)
) $without_rowid;

create table report_collection (
  report bigint not null references report (id) on delete cascade,
  collection bigint not null,
  primary key (report, collection)
) $without_rowid;

create table custom_emoji (
  id $id,
  shortcode text not null,
  domain text not null default '',
  blob text not null,
  static_blob text not null,
  category text not null default '',
  visible integer not null default 1,
  updated_at bigint not null
);
create unique index custom_emoji_code on custom_emoji (domain, shortcode);
create index custom_emoji_blob on custom_emoji (blob);
create index custom_emoji_static_blob on custom_emoji (static_blob);

create table job (
  id $id,
  kind text not null,
  payload text not null,
  run_at bigint not null,
  attempts integer not null default 0,
  error text not null default ''
);
create index job_due on job (run_at, id);
create index job_work on job (kind, payload);

-- Full text of posts: whose it may be shown to is decided by the query that joins it.
--@sqlite
create virtual table post_search using fts5 (words, tokenize = 'unicode61 remove_diacritics 2');
--@postgres
create table post_search (
  rowid bigint primary key,
  words tsvector not null
);
create index post_search_words on post_search using gin (words);
--@both
