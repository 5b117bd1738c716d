-- What is known of the pages that posts link to: fetched once for all posts, shown under them.

-- `run_at` makes it a queue: when it is to be fetched, null when nothing waits.
create table link_preview (
  id $id,
  link_key text not null,                 -- of the address (social/links.hpp)
  link text not null,                     -- as the first post had it
  state integer not null default 0,       -- 0 not known, 1 has a preview, 2 has none
  asked_at bigint not null,               -- when it was last put into the queue
  run_at bigint,
  attempts integer not null default 0,
  fetched_at bigint,
  look_at bigint not null,                -- when cleaning up looks whether any post still needs it
  url text not null default '',           -- where it led
  title text not null default '',
  description text not null default '',
  language text not null default '',
  author_name text not null default '',
  provider_name text not null default '',
  published_at bigint,
  creator bigint references account (id) on delete set null,  -- who may be named as its author
  image text not null default '',         -- key in the blob store
  image_width integer not null default 0,
  image_height integer not null default 0,
  image_description text not null default '',
  blurhash text not null default ''
);
create unique index link_preview_key on link_preview (link_key);
create index link_preview_due on link_preview (run_at, id) where run_at is not null;
create index link_preview_age on link_preview (look_at);
create index link_preview_creator on link_preview (creator) where creator is not null;
create index link_preview_image on link_preview (image) where image <> '';

-- The one preview that a post shows.
create table post_preview (
  post bigint primary key references post (id) on delete cascade,
  preview bigint not null references link_preview (id) on delete cascade
) $without_rowid;
create index post_preview_preview on post_preview (preview, post);
