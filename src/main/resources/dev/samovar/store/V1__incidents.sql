-- Incidents as one document each, with the columns that are asked for.
create table incident (
  id varchar(64) primary key,
  channel varchar(64) not null,
  thread varchar(64) not null,
  model varchar(500) not null,
  state varchar(20) not null,
  opened_at timestamp(6) with time zone not null,
  body text not null
);

create index incident_thread on incident (channel, thread, opened_at);
create index incident_model on incident (model, opened_at);
create index incident_state on incident (state, opened_at);
