-- Whom apps are told for, where nobody looks: at most one for each token.
create table push_subscription (
  token bigint primary key references oauth_token (id) on delete cascade,
  id bigint not null,
  account bigint not null references account (id) on delete cascade,
  endpoint text not null,                 -- an address of a push service
  point text not null,                    -- of the app's P-256 key, base64url
  auth text not null,                     -- its secret, base64url
  is_standard integer not null,           -- 0: the app reads what was before RFC 8291
  access_token text not null,             -- by which apps with several accounts know whose it is: sent sealed, and no more
  alerts bigint not null,                 -- bits of kinds of notifications
  policy integer not null,                -- 0 from all, 1 from who is followed, 2 from followers, 3 from nobody
  created_at bigint not null
) $without_rowid;
create index push_subscription_account on push_subscription (account);

-- The key that says to push services who sends (VAPID). One row.
create table push_key (
  id integer primary key,
  scalar text not null,                   -- base64url
  point text not null                     -- base64url
) $without_rowid;
