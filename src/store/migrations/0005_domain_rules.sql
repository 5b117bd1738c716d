-- What the operator of this server has said about whole servers.

create table domain_rule (
  id $id,
  domain text not null,                   -- lower case, punycode; counts for its subdomains too
  severity integer not null,              -- 0 noop, 1 silence, 2 suspend
  reject_media integer not null default 0,
  reject_reports integer not null default 0,
  public_comment text not null default '',
  private_comment text not null default '',
  obfuscate integer not null default 0,   -- its name is shown in part only
  created_at bigint not null
);
create unique index domain_rule_domain on domain_rule (domain);

-- With whom this server speaks where federation.mode is "allow-list".
create table domain_allow (
  id $id,
  domain text not null,
  created_at bigint not null
);
create unique index domain_allow_domain on domain_allow (domain);

-- One row. The version is counted up with every change, so that every process notices.
create table domain_rules_state (
  id $id,
  version bigint not null,
  allow_list integer not null             -- the mode that accounts were last held to
);
insert into domain_rules_state (id, version, allow_list) values (1, 1, 0);

-- What a rule about its server has done to an account, so that it can be undone and nothing else is.
create table held_account (
  account $id references account (id) on delete cascade,
  applied integer not null,               -- 1 suspend + 2 silence + 4 reject_media
  suspended integer not null,             -- account.suspended_at comes from the rule
  silenced integer not null,              -- account.silenced_at likewise
  settled integer not null                -- nothing is left to do: follows are cut, files are let go
);
