-- Posts that came before what they answer, and other names of people and posts elsewhere.

-- A post elsewhere whose parent is not known here yet: it joins the conversation when that comes.
create table awaited_parent (
  post $id references post (id) on delete cascade,
  parent text not null                   -- id of what it answers
);
create index awaited_parent_parent on awaited_parent (parent, post);

-- What somebody or something elsewhere was asked for by, besides its id.
create table other_name (
  name text primary key,                 -- "alice@web.a.example", folded, or the address of a page
  account bigint references account (id) on delete cascade,
  post bigint references post (id) on delete cascade,
  is_page integer not null
) $without_rowid;
create unique index other_name_account on other_name (account, is_page) where account is not null;
create unique index other_name_post on other_name (post) where post is not null;

-- Whoever muted a part of a thread has muted all of it once the parts are one.
create index thread_mute_thread on thread_mute (thread);
