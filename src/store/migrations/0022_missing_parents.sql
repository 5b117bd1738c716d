-- Of posts elsewhere that answer what is not known here (yet): the id of that.
create table missing_parent (
  post $id references post (id) on delete cascade,
  parent text not null
);
create index missing_parent_uri on missing_parent (parent, post);
