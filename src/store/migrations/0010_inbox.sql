-- What came in is worked off server by server, and what was written to somebody before what only counts.
alter table received add column host text not null default '';     -- that sent it
alter table received add column lane integer not null default 2;   -- 0 letters, 1 mentions, 2 all else
drop index received_due;
create index received_waiting on received (lane, host, run_at) where run_at is not null;

-- The queue of each server in each lane, as long as something waits in it: taken as a whole, worked off in order.
create table sender (
  lane integer not null,
  host text not null,
  run_at bigint not null,                 -- when it goes on
  is_taken integer not null default 0,    -- somebody is at work on it; run_at is when she has lost it
  waiting bigint not null,                -- activities that are not done
  primary key (lane, host)
) $without_rowid;
create index sender_due on sender (lane, run_at);
insert into sender (lane, host, run_at, waiting)
  select 2, '', 0, c.n from (select count(*) as n from received where run_at is not null) c where c.n > 0;

-- Whether WebFinger was asked for the handle of an account elsewhere: not for strangers who have just written.
alter table remote_account add column handle_checked integer not null default 1;
