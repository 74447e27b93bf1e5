import 'server-only';

/** One small SQLite file per batch: a row per request line, missing ones too. Dropped and built again when this changes. */
export const indexVersion = 2;

/** Rows stand in the order in which answers came, so that they are written one behind the other; `ordinal` is theirs. */
export const indexTables = `
  create table rows (
    ordinal integer not null,
    custom_id text not null,
    outcome text not null,
    flags text not null,
    http_status integer,
    error_code text,
    error_message text,
    error_group text,
    model text,
    finish_reason text,
    input integer, output integer, cached_read integer, cache_write integer, reasoning integer, total integer,
    cost_nano integer,
    preview text not null,
    attempt integer not null,
    in_offset integer not null, in_length integer not null,
    segment integer, out_offset integer, out_length integer
  );
  create table anomalies (
    id integer primary key,
    kind text not null,
    custom_id text,
    segment integer not null, out_offset integer not null, out_length integer not null
  );
  create table meta (name text primary key, value text not null);
`;
/** Made after the rows are in, which is quicker than keeping them right on the way. */
export const indexIndexes = `
  create unique index rows_ordinal on rows (ordinal);
  create index rows_custom_id on rows (custom_id);
  create index rows_outcome on rows (outcome, ordinal);
`;
