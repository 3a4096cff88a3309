-- Who asked what. Written, and deleted when it was kept long enough; never changed but to forget a person.
create table audit (
  id varchar(36) primary key,
  at timestamp(6) with time zone not null,
  person varchar(40) not null,
  place varchar(40) not null,
  what varchar(60) not null,
  content varchar(1000) not null,
  outcome varchar(10) not null
);

create index audit_at on audit (at);
