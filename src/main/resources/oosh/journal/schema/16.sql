-- Notices that are to be delivered, or were: target is the name of a receiver, whose address is
-- not in the journal. due_at is when it is tried next; a process that tries moves it first.
create table if not exists outbox (
  event_id varchar(64) not null, target varchar(64) not null, notice varchar not null,
  state varchar(16) not null, attempts int not null, made_at timestamp(9) with time zone not null,
  due_at timestamp(9) with time zone not null, tried_at timestamp(9) with time zone,
  last_error varchar not null, primary key (event_id, target));
create index if not exists outbox_due on outbox (state, due_at);
