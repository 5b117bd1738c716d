-- Links that sign somebody in once, made by whoever can read the console.
create table sign_in_link (
  token_hash text primary key,         -- SHA-256 of what stands in the link
  account bigint not null references account (id) on delete cascade,
  expires_at bigint not null
) $without_rowid;
create index sign_in_link_account on sign_in_link (account);
