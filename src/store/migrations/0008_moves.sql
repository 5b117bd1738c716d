-- Moves from one account to another, of people here and elsewhere; and what reports are told across servers.

-- Who somebody of this server is besides, as she says: ids that her actor names in `alsoKnownAs`.
create table account_alias (
  account bigint not null references account (id) on delete cascade,
  uri text not null,
  created_at bigint not null,
  primary key (account, uri)
) $without_rowid;

-- The last move of an account, ours or another server's, and how far it is carried out for the people here.
create table move (
  account $id,
  target bigint not null,
  redirects integer not null,             -- 1: a profile of this server says that its owner has moved
  begun_at bigint not null,
  last_follow bigint not null,            -- follows with larger ids are younger than the move, and stay
  step integer not null,                  -- 0 blocks, 1 mutes, 2 notes, 3 follows, 4 done
  position bigint not null,               -- within the step: the last account that is done
  followers bigint not null               -- of this server, who follow the new account since
);

-- What somebody here wants and the server must ask others about first.
create table move_request (
  id $id,
  account bigint not null references account (id) on delete cascade,
  kind integer not null,                  -- 0 an alias, 1 a move
  target text not null,                   -- a handle or an address, as it was typed
  state integer not null,                 -- 0 waits, 1 is being done, 2 done, 3 refused
  message text not null,                  -- what it was refused with
  created_at bigint not null
);
create index move_request_account on move_request (account, created_at);

alter table remote_account add column moved_uri text not null default '';  -- `movedTo` as she says it, not believed

alter table report add column uri text;                        -- of the Flag that it came with
alter table report add column domain text not null default ''; -- whose server it came from
alter table report add column forwarded_at bigint;             -- when its Flag was put on its way
create unique index report_uri on report (uri, target) where uri is not null;
create index report_domain on report (domain, created_at) where domain <> '';

alter table notification add column report bigint references report (id) on delete cascade;
create index notification_report on notification (report) where report is not null;
