import 'server-only';

/** One small SQLite file per batch: a row per request line, missing ones too. Dropped and built again when this changes. */
export const indexVersion = 2;

/**
 * Rows stand in the order in which answers came, so that they are written one behind the other; `ordinal` is theirs.
 * The keys are what a sort goes by: what is unknown comes before 0.
 */
const rowColumns = `
  ordinal integer not null,
  custom_id text not null,
  outcome integer not null,
  flags integer not null,
  http_status integer,
  error_code text,
  error_message text,
  finish_reason text,
  input integer, output integer, cached_read integer, cache_write integer, reasoning integer, total integer,
  cost_nano integer,
  preview text not null,
  model integer references models (id),
  error_group integer references groups (id),
  attempt integer not null,
  in_offset integer not null, in_length integer not null,
  segment integer, out_offset integer, out_length integer,
  input_key integer generated always as (ifnull(input, -1)) virtual,
  output_key integer generated always as (ifnull(output, -1)) virtual,
  total_key integer generated always as (ifnull(total, -1)) virtual,
  cost_key integer generated always as (ifnull(cost_nano, -1)) virtual`;

export const indexTables = `
  create table rows (${rowColumns});
  create table models (id integer primary key, name text not null unique);
  create table groups (
    id integer primary key,
    key text not null unique,
    outcome integer not null, code text, http_status integer, pattern text not null,
    count integer not null default 0, first integer, last integer
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
export const indexIndexes = {
  /** Whatever is filtered by, and where the answers stand: a walk through it touches no row. */
  ordinal:
    'create index rows_ordinal on rows (ordinal, outcome, flags, model, error_group, total_key, segment, out_offset, out_length)',
  custom_id: 'create index rows_custom_id on rows (custom_id, ordinal)',
  input: 'create index rows_input on rows (input_key, ordinal)',
  output: 'create index rows_output on rows (output_key, ordinal)',
  total: 'create index rows_total on rows (total_key, ordinal)',
  cost_nano: 'create index rows_cost on rows (cost_key, ordinal)',
};
