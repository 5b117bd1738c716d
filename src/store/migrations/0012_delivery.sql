-- What is left after two readings of how posts go out.

-- What goes to a few inboxes is known by itself, also after a restart: it goes before a fan-out that waits.
alter table delivery add column is_urgent integer not null default 0;
create index delivery_urgent on delivery (host, outgoing, inbox) where is_urgent = 1;
