-- Handovers as one document each, with the columns that are asked for. The id is made of team and
-- end: of several replicas that begin one for the same end of a shift, one does.
create table handover (
  id varchar(600) primary key,
  team varchar(500) not null,
  state varchar(20) not null,
  ends_at timestamp(6) with time zone not null,
  body text not null
);

create index handover_team on handover (team, state, ends_at);
