-- What is left after two readings of how posts go out.

-- What goes to a few inboxes is known by itself, also after a restart: it goes before a fan-out that waits.
alter table delivery add column is_urgent integer not null default 0;
create index delivery_urgent on delivery (host, outgoing, inbox) where is_urgent = 1;

-- A number for each taking of a queue: who lost it to another one, and comes back late, changes nothing.
alter table peer add column lease bigint not null default 0;
alter table sender add column lease bigint not null default 0;
