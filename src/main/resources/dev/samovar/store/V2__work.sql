-- db-scheduler's own table.
create table scheduled_tasks (
  task_name varchar(100) not null,
  task_instance varchar(300) not null,
  task_data ${bytes},
  execution_time timestamp(6) with time zone not null,
  picked boolean not null,
  picked_by varchar(100),
  last_success timestamp(6) with time zone,
  last_failure timestamp(6) with time zone,
  consecutive_failures int,
  last_heartbeat timestamp(6) with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);

create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

-- What only one may do, and who does it; also what was delivered.
create table claim (
  what varchar(400) primary key,
  claimant varchar(400) not null,
  claimed_at timestamp(6) with time zone not null
);

create index claim_age on claim (claimed_at);

-- Messages that are to be written once.
create table post (
  id varchar(400) primary key,
  intended_at timestamp(6) with time zone not null,
  message varchar(64)
);

create index post_age on post (intended_at);
