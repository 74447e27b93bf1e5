import 'server-only';

/** One small SQLite file per batch: a row per request line, missing ones too. Dropped and built again when this changes. */
export const indexVersion = 3;

/** Rows stand in the order in which answers came, so that they are written one behind the other; `ordinal` is theirs. */
export const indexTables = `
  create table rows (
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
    segment integer, out_offset integer, out_length integer
  );
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
    attempt integer not null,
    segment integer not null, out_offset integer not null, out_length integer not null
  );
  /* What is filtered and sorted by once more, as numbers that are read in one go. */
  create table columns (name text not null, chunk integer not null, data blob not null, primary key (name, chunk));
  create table meta (name text primary key, value text not null);
`;

/** Made after the rows are in, which is quicker than keeping it right on the way. */
export const indexIndexes = {
  base: 'create index rows_custom_id on rows (custom_id, ordinal)',
  retries: 'create index rows_ordinal on rows (ordinal, attempt)',
};
