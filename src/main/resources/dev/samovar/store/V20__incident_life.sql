-- When silence asks whether it is over; empty where it does not. What is open already waits a day: nobody
-- is asked about all old incidents at once.
alter table incident add column ask_at timestamp(6) with time zone;
update incident set ask_at = current_timestamp + interval '1' day where state <> 'RESOLVED';
create index incident_ask on incident (ask_at);

-- What an incident is recognised by, as a JSON list; empty where nothing was found.
alter table incident add column traits text;
create index incident_opened on incident (opened_at);

-- What people said of causes: the rows of the documents' opinions, to be counted and exported.
create table feedback (
  incident varchar(64) not null,
  place int not null,
  said_at timestamp(6) with time zone not null,
  model varchar(500) not null,
  cause varchar(64),
  was_it boolean not null,
  person varchar(64) not null,
  confidence double precision,
  ranked int,
  words text not null,
  link text,
  primary key (incident, place)
);

create index feedback_time on feedback (said_at);
