-- What posts and people elsewhere say about where more of them is.

-- Of a post elsewhere: the collections of what answers it, and of its whole thread. A row stands only where there is
-- one of them.
create table remote_thread (
  post $id references post (id) on delete cascade,
  replies text not null default '',
  context text not null default ''
);

-- When the pinned posts and counts of an account elsewhere were last asked for.
create table remote_profile (
  account $id references account (id) on delete cascade,
  looked_at bigint not null
);

-- The ids of accounts elsewhere, compared byte by byte on both engines, so that those of one server are one walk.
--@sqlite
create table remote_uri (
  account integer primary key references account (id) on delete cascade,
  uri text not null
);
--@postgres
create table remote_uri (
  account bigint primary key references account (id) on delete cascade,
  uri text collate "C" not null
);
--@both
create unique index remote_uri_text on remote_uri (uri);
insert into remote_uri (account, uri) select id, uri from account where uri is not null and domain <> '';
