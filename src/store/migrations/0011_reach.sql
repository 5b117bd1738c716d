-- How far posts go, and what became of what was sent, for their authors and for the operator.

-- Of a post of this server that says itself how far it goes: each one that answers somebody.
create table post_reach (
  post $id references post (id) on delete cascade,
  reach integer not null,           -- 0 her followers too, 1 only people in it and servers that hold its thread
  inboxes text not null default ''  -- where it went besides her followers, one a line
);
alter table scheduled_post add column reach integer;  -- null: as its author prefers then
-- Of answers: 0 by the number of servers, 1 followers, 2 people.
alter table login add column reply_reach integer not null default 0;
alter table tombstone add column to_followers integer not null default 1;

alter table outgoing add column kind integer;  -- of what tells of a post: 0 itself, 1 a change of it, 2 its deletion
create index outgoing_open on outgoing (id) where finished_at is null;
create index peer_failing on peer (failed_since) where failed_since is not null;
