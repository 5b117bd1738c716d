-- What other servers are to this one: who is there, what they sent, and what waits to be sent to them.

-- Of an account elsewhere, besides what every account has. Addresses are as its server gave them.
create table remote_account (
  account $id,
  inbox text not null,
  shared_inbox text not null default '',  -- empty: it has none
  outbox text not null default '',
  followers_uri text not null default '',
  featured_uri text not null default '',
  avatar_url text not null default '',
  header_url text not null default '',
  moved_to bigint,                        -- the account
  also_known_as text not null default '', -- URIs, one a line
  fetched_at bigint not null,
  failed_at bigint                        -- since when it cannot be fetched
);
create index remote_account_inbox on remote_account (inbox);

-- Public keys of accounts elsewhere, by the id that signatures name.
create table remote_key (
  uri text primary key,
  account bigint not null references account (id) on delete cascade,
  kind integer not null,                  -- 0 RSA as PEM, 1 Ed25519 as multibase
  material text not null
) $without_rowid;
create index remote_key_account on remote_key (account);

-- The keys that this server signs with: of a person (`owner` is the account) or its own (1).
create table signing_key (
  owner $id,
  rsa_private text not null,              -- PKCS#8, PEM
  rsa_public text not null,               -- SPKI, PEM
  ed25519_seed text not null,             -- base64
  ed25519_public text not null,           -- multibase
  created_at bigint not null
);

alter table follow add column uri text;            -- of the Follow that came from elsewhere
alter table follow_request add column uri text;

-- Activities as they came, kept from the moment that they are acknowledged until they are done.
create table received (
  id $id,
  activity text not null,                 -- its id
  actor text not null,
  body text not null,                     -- empty once it is done
  received_at bigint not null,
  run_at bigint,                          -- null once it is done
  attempts integer not null default 0,
  outcome text not null default ''
);
create unique index received_activity on received (activity);
create index received_due on received (run_at, id) where run_at is not null;
create index received_age on received (received_at);

-- An activity that goes out, once, and a row for each inbox that does not have it yet.
create table outgoing (
  id $id,
  sender bigint not null,                 -- the account that signs; 1 the server
  body text not null,
  waiting bigint not null,                -- deliveries that are neither done nor given up
  created_at bigint not null
);
create table delivery (
  id $id,
  outgoing bigint not null references outgoing (id) on delete cascade,
  host text not null,
  inbox text not null,
  run_at bigint not null,
  attempts integer not null default 0,
  error text not null default ''
);
create index delivery_due on delivery (run_at, id);
create index delivery_outgoing on delivery (outgoing);
create index delivery_host on delivery (host);

-- What is known of a server: what it accepts, and whether it answers.
create table peer (
  host text primary key,
  signature integer not null default 0,   -- 0 not known, 1 draft-cavage, 2 RFC 9421
  failures integer not null default 0,    -- one after another
  failed_since bigint,
  retry_at bigint                         -- nothing is sent before
) $without_rowid;

-- Posts that are gone, so that other servers hear it, also those that ask later.
create table tombstone (
  post $id,
  author bigint not null,
  visibility integer not null,            -- that the post had
  deleted_at bigint not null,
  inboxes text not null default ''        -- where its Delete goes besides the followers, one a line
);

create index account_host on account (domain, id) where domain <> '';

-- Files of posts from elsewhere stay where they are.
alter table media add column remote_url text not null default '';
alter table media add column remote_preview_url text not null default '';
