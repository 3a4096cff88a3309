-- Small things that all replicas must know, each until some time.
create table mark (
  kind varchar(40) not null,
  name varchar(700) not null,
  content varchar(2000) not null,
  until_at timestamp(6) with time zone not null,
  primary key (kind, name)
);

create index mark_until on mark (until_at);
