import 'server-only';

/** One small SQLite file per batch: a row per request line, missing ones too. Dropped and built again when this changes. */
export const indexVersion = 1;

export const indexTables = `
  create table rows (
    ordinal integer primary key,
    custom_id text not null,
    outcome text not null,
    flags text not null default '',
    http_status integer,
    error_code text,
    error_message text,
    error_group text,
    model text,
    finish_reason text,
    input integer, output integer, cached_read integer, cache_write integer, reasoning integer, total integer,
    cost_nano integer,
    attempt integer not null,
    in_offset integer not null, in_length integer not null,
    segment integer, out_offset integer, out_length integer,
    preview text not null default ''
  );
  create unique index rows_custom_id on rows (custom_id);
  create table anomalies (
    id integer primary key,
    kind text not null,
    custom_id text,
    segment integer not null, out_offset integer not null, out_length integer not null
  );
  create table meta (name text primary key, value text not null);
`;
/** Made after the rows are in, which is quicker than keeping it right on the way. */
export const indexIndexes = 'create index rows_outcome on rows (outcome, ordinal)';
