-- When an incident last changed, to know when it may go. What is there already counts from now on.
alter table incident add column changed_at timestamp(6) with time zone default current_timestamp not null;
create index incident_changed on incident (state, changed_at);
create index handover_end on handover (ends_at);
