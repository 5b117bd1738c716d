-- What authors elsewhere allow with their posts and what they have allowed, long posts, and servers as queues.

-- Of a post that quotes: the QuoteAuthorization (FEP-044f) of another server that allows it.
create table quote_stamp (
  post $id references post (id) on delete cascade,
  uri text not null
);
create unique index quote_stamp_uri on quote_stamp (uri);

-- Of a post elsewhere whose author does not let everybody: 0 everybody, 1 her followers, 2 nobody.
create table post_policy (
  post $id references post (id) on delete cascade,
  reply integer not null,
  favourite integer not null,
  boost integer not null
);

-- Ids of posts elsewhere that were deleted, so that what was sent before and comes after does not bring them back.
create table deleted_post (
  uri text primary key,
  deleted_at bigint not null
) $without_rowid;
create index deleted_post_age on deleted_post (deleted_at);

alter table post add column title text not null default '';  -- of an article
alter table scheduled_post add column title text not null default '';

-- What became of each thing that was sent: kept for a while after the last delivery.
alter table outgoing add column post bigint;                      -- that it tells of
alter table outgoing add column delivered bigint not null default 0;
alter table outgoing add column failed bigint not null default 0; -- given up
alter table outgoing add column finished_at bigint;
create index outgoing_post on outgoing (post, id) where post is not null;
create index outgoing_finished on outgoing (finished_at) where finished_at is not null;
create table failed_delivery (
  outgoing bigint not null references outgoing (id) on delete cascade,
  inbox text not null,
  error text not null,
  failed_at bigint not null,
  primary key (outgoing, inbox)
) $without_rowid;

-- A server is one queue: taken as a whole, worked off in order, put back with the time of its next delivery.
alter table peer add column run_at bigint;                      -- null: nothing waits for it
alter table peer add column is_taken integer not null default 0; -- run_at is then the end of the lease
create index peer_due on peer (run_at) where run_at is not null;
drop index delivery_host;
create index delivery_of_host on delivery (host, run_at, id);
drop index delivery_due;
insert into peer (host, run_at) select distinct host, cast(0 as bigint) from delivery where true
on conflict (host) do update set run_at = 0;

-- Inboxes that answered 410 (Gone): nothing is sent there until somebody with that inbox is heard of again.
create table retired_inbox (
  inbox text primary key,
  retired_at bigint not null
) $without_rowid;
