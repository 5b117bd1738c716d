-- What a long activity counts for where those that wait are counted.
alter table received add column weight bigint not null default 1;
