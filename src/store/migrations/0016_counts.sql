-- Counts of a post that somebody else was just changing: added up when they are read, taken in when there is room.
create table post_count_change (
  id $id,
  post bigint not null references post (id) on delete cascade,
  replies bigint not null,
  boosts bigint not null,
  favourites bigint not null,
  quotes bigint not null
);
create index post_count_change_post on post_count_change (post);
