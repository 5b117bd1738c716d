-- Copies of files of other servers, so that nobody who reads here is seen there. They may go at any time.
create table remote_file (
  id $id,
  kind integer not null,      -- 0 file of a post, 1 its preview, 2 avatar, 3 header, 4 emoji
  owner bigint not null,      -- the media, the account or the emoji
  url text not null,          -- it came from there
  blob text not null,
  bytes bigint not null,
  used_at bigint not null     -- about when it was last asked for; 0: nobody needs it any more
);
create unique index remote_file_owner on remote_file (kind, owner);
create index remote_file_used on remote_file (used_at);
create index remote_file_blob on remote_file (blob);

-- One row: how many bytes the copies have together.
create table remote_file_total (
  id $id,
  bytes bigint not null
);
insert into remote_file_total (id, bytes) values (1, 0);

-- Where the picture of another server's emoji is; `blob` is empty then.
alter table custom_emoji add column url text not null default '';
create index custom_emoji_age on custom_emoji (domain, id);

-- Of an account elsewhere, these hold a mark of the address in remote_account from now on.
update account set avatar = 'old'
  where domain <> '' and id in (select account from remote_account where avatar_url <> '');
update account set header = 'old'
  where domain <> '' and id in (select account from remote_account where header_url <> '');
