-- People of this server who closed their accounts, and files that may have lost their last owner.

-- The account itself stays, empty, so that nobody else gets the name.
create table closed_account (
  account $id,
  closed_at bigint not null,
  told_up_to text not null default ''  -- inboxes up to this one have the Delete on its way
);

-- Every server once: where it is told of what concerns all of its people.
create index remote_account_best_inbox on remote_account ((case when shared_inbox = '' then inbox else shared_inbox end));

-- Files that something named and names no more; whether nothing else does is asked when they are to be removed.
create table loose_blob (
  blob text primary key,
  since bigint not null
) $without_rowid;
create index loose_blob_age on loose_blob (since);

-- How often a server has said that somebody is gone, since remote_account.failed_at.
alter table remote_profile add column gone_answers integer not null default 0;
