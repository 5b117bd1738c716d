-- Essays: posts with a title. They may have a summary, a cover and an address of their own, and are written over days.

alter table post add column summary text not null default '';
alter table post add column cover bigint;                    -- one of its media
alter table post add column slug text not null default '';   -- the end of its address, of essays of this server

-- Every address that an essay ever had: who follows an old one is led to the new one.
--@sqlite
create table essay_slug (
  author bigint not null references account (id) on delete cascade,
  slug text not null,
  post bigint not null references post (id) on delete cascade,
  primary key (author, slug)
) without rowid;
--@postgres
create table essay_slug (
  author bigint not null references account (id) on delete cascade,
  slug text collate "C" not null,
  post bigint not null references post (id) on delete cascade,
  primary key (author, slug)
);
--@both
create index essay_slug_post on essay_slug (post);

alter table scheduled_post add column summary text not null default '';
alter table scheduled_post add column cover bigint;
alter table scheduled_post add column slug text not null default '';

-- What is being written, as it was last saved: a draft, as the API calls it.
create table manuscript (
  id $id,
  account bigint not null references account (id) on delete cascade,
  post bigint references post (id) on delete cascade,        -- the post that it will change; null: it becomes one
  version bigint not null,                                   -- counts what was saved
  created_at bigint not null,
  updated_at bigint not null,
  title text not null default '',
  summary text not null default '',
  slug text not null default '',
  text text not null default '',
  source_type integer not null default 0,
  notice text not null default '',
  sensitive integer not null default 0,
  language text not null default '',
  visibility integer,                                        -- null: as its author prefers
  quote_policy integer,                                      -- likewise
  cover bigint,
  media text not null default ''                             -- ids, one a line
);
create index manuscript_account on manuscript (account, id);
create index manuscript_post on manuscript (post) where post is not null;

-- What it was before, minutes apart; the newest is as it is now.
create table manuscript_version (
  manuscript bigint not null references manuscript (id) on delete cascade,
  version bigint not null,
  begun_at bigint not null,                                  -- when the one before was left as it is
  saved_at bigint not null,
  title text not null,
  summary text not null,
  text text not null,
  primary key (manuscript, version)
);

-- Uploads that wait with it are not swept away.
create table manuscript_media (
  manuscript bigint not null references manuscript (id) on delete cascade,
  media bigint not null references media (id) on delete cascade,
  primary key (manuscript, media)
) $without_rowid;
create index manuscript_media_media on manuscript_media (media);
