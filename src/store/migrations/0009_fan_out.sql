-- A fan-out costs by servers: the inboxes behind each person's followers are kept with each follow, and what waits
-- for a server is a row that says just that; how it answers is said of the server.

-- Where the followers of somebody of this server are reached: an inbox that a whole server shares, or one of their own.
create table audience (
  account bigint not null references account (id) on delete cascade,
  host text not null,                     -- of the inbox, with its port where that is not the usual one
  inbox text not null,
  followers bigint not null,
  primary key (account, host, inbox)
) $without_rowid;

insert into audience (account, host, inbox, followers)
with recursive reached (account, inbox) as (
  select f.target, case when a.shared_inbox = '' then a.inbox else a.shared_inbox end
  from follow f join remote_account a on a.account = f.account where f.by_local = 0
), cut (account, inbox, host, rest) as (
  select account, inbox, cast('' as text), case when substr(inbox, 1, 8) = 'https://' then substr(inbox, 9) else substr(inbox, 8) end
  from (select distinct account, inbox from reached) r
  union all
  select account, inbox, host || substr(rest, 1, 1), substr(rest, 2) from cut
  where rest <> '' and substr(rest, 1, 1) <> '/'
), whole (account, inbox, host) as (
  select account, inbox, lower(host) from cut where rest = '' or substr(rest, 1, 1) = '/'
)
select w.account, w.host, w.inbox, count(*) from whole w join reached r on r.account = w.account and r.inbox = w.inbox
where w.host <> '' group by w.account, w.host, w.inbox;

drop index delivery_outgoing;
drop index delivery_of_host;
alter table delivery rename to old_delivery;
-- In the order in which a server is to have them.
create table delivery (
  host text not null,
  outgoing bigint not null references outgoing (id) on delete cascade,
  inbox text not null,
  primary key (host, outgoing, inbox)
) $without_rowid;
insert into delivery (host, outgoing, inbox) select distinct host, outgoing, inbox from old_delivery;
drop table old_delivery;
create index delivery_outgoing on delivery (outgoing, host);

alter table peer add column is_urgent integer not null default 0;  -- something for one person waits for it
alter table peer add column error text not null default '';        -- why it was not reached last
drop index peer_due;
create index peer_due on peer (is_urgent, run_at) where run_at is not null;
