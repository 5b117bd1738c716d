-- What is left after two readings of how posts go out.

-- What goes to a few inboxes is known by itself, also after a restart: it goes before a fan-out that waits.
alter table delivery add column is_urgent integer not null default 0;
create index delivery_urgent on delivery (host, outgoing, inbox) where is_urgent = 1;

-- A number for each taking of a queue: who lost it to another one, and comes back late, changes nothing.
alter table peer add column lease bigint not null default 0;
alter table sender add column lease bigint not null default 0;

-- Whoever ever got a post hears of its deletion. Where it went besides the followers of its author, one a line: also
-- to those whom an edit has taken out of it.
create table post_told (
  post $id references post (id) on delete cascade,
  inboxes text not null
);
insert into post_told (post, inboxes) select post, inboxes from post_reach where inboxes <> '';
alter table post_reach drop column inboxes;
-- And the inboxes that followers of somebody were reached at and no longer are. Ids grow with time: who left after a
-- post was made may have it.
create table former_audience (
  account bigint not null references account (id) on delete cascade,
  host text not null,
  inbox text not null,
  left_at_id bigint not null,             -- made when the last follower there left
  primary key (account, host, inbox)
) $without_rowid;

-- Of one host only so many inboxes are sent to for one person: names and paths under one roof cost nothing.
alter table audience add column is_beyond integer not null default 0;  -- not sent to until there is room
create index audience_beyond on audience (account, host, inbox) where is_beyond = 1;
update audience set is_beyond = 1 where inbox > (
  select a.inbox from audience a where a.account = audience.account and a.host = audience.host
  order by a.inbox limit 1 offset 499);
-- Servers that nothing was sent to for long are forgotten. Of those of a time before this is known nobody knows when.
alter table peer add column used_at bigint not null default 0;
create index peer_idle on peer (used_at) where run_at is null and failed_since is null;
