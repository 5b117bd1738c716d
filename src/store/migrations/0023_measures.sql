-- How much was delivered and received in each hour: of the server, and what a person's posts cost.
create table measure (
  scope bigint not null,                  -- an account; 0: the whole server
  kind integer not null,                  -- 0 delivered, 1 given up, 2 received
  hour bigint not null,                   -- since 1970, UTC
  number bigint not null,
  primary key (scope, kind, hour)
) $without_rowid;
create index measure_hour on measure (hour);
