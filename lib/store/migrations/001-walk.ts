import 'server-only';
import { type Kysely, sql } from 'kysely';
import { columnTypes } from '#lib/store/engine';

type Columns = Record<string, string>;

const text = 'text not null';
const maybeText = 'text';
const int = 'bigint not null';
const maybeInt = 'bigint';

const tables: Record<string, { columns: Columns; keys: string[] }> = {
  users: {
    columns: {
      id: text,
      workspace: text,
      email: text,
      password_hash: text,
      role: text,
      disabled_at: maybeInt,
      set_by_file: int,
      file_mark: maybeText,
      created_at: int,
    },
    keys: ['primary key (id)', 'unique (workspace, email)'],
  },
  sessions: {
    columns: {
      id_hash: text,
      workspace: text,
      user_id: text,
      created_at: int,
      seen_at: int,
      expires_at: int,
    },
    keys: ['primary key (id_hash)'],
  },
  throttles: {
    columns: { key: text, failures: int, until: int, updated_at: int },
    keys: ['primary key (key)'],
  },
  setup_links: { columns: { token_hash: text, created_at: int }, keys: ['primary key (token_hash)'] },
  connections: {
    columns: {
      id: text,
      workspace: text,
      name: text,
      preset: text,
      dialect: text,
      base_url: text,
      key_header: text,
      key_sealed: maybeText,
      key_last4: maybeText,
      key_fingerprint: maybeText,
      headers: text,
      limits: text,
      discount: 'double precision',
      completion_window: maybeText,
      set_by_file: text,
      file_mark: maybeText,
      created_at: int,
      updated_at: int,
      deleted_at: maybeInt,
    },
    keys: ['primary key (id)'],
  },
  tokens: {
    columns: {
      id: text,
      workspace: text,
      name: text,
      token_hash: text,
      user_id: text,
      connection_id: maybeText,
      set_by_file: int,
      created_at: int,
      used_at: maybeInt,
    },
    keys: ['primary key (id)', 'unique (token_hash)', 'unique (workspace, name)'],
  },
  files: {
    columns: {
      id: text,
      workspace: text,
      name: text,
      bytes: int,
      sha256: text,
      blob_key: text,
      requests: int,
      dialect: maybeText,
      models: text,
      endpoints: text,
      errors: int,
      warnings: int,
      owner_id: maybeText,
      derived_from: maybeText,
      recipe: maybeText,
      created_at: int,
    },
    keys: ['primary key (id)'],
  },
  findings: {
    columns: {
      file_id: text,
      n: int,
      line: int,
      col: int,
      severity: text,
      code: text,
      message: text,
      custom_id: maybeText,
      other_line: maybeInt,
    },
    keys: ['primary key (file_id, n)'],
  },
  batches: {
    columns: {
      id: text,
      workspace: text,
      name: text,
      connection_id: text,
      file_id: text,
      preset: text,
      dialect: text,
      endpoint: maybeText,
      completion_window: maybeText,
      models: text,
      phase: text,
      attention: maybeText,
      counts_are: text,
      total: int,
      succeeded: int,
      failed: int,
      cancelled: int,
      expired: int,
      missing: int,
      usage: maybeText,
      cost_nano: maybeInt,
      cost_currency: maybeText,
      cost_source: maybeText,
      tags: text,
      note: maybeText,
      owner_id: maybeText,
      created_at: int,
      submitted_at: maybeInt,
      started_at: maybeInt,
      finished_at: maybeInt,
      expires_at: maybeInt,
      checked_at: maybeInt,
      index_key: maybeText,
      deleted_at: maybeInt,
    },
    keys: ['primary key (id)'],
  },
  attempts: {
    columns: { batch_id: text, workspace: text, n: int, file_id: text, recipe: maybeText, phase: text },
    keys: ['primary key (batch_id, n)'],
  },
  parts: {
    columns: {
      id: text,
      workspace: text,
      batch_id: text,
      attempt: int,
      n: int,
      phase: text,
      hold: maybeText,
      attention: maybeText,
      ends_as: maybeText,
      first_ordinal: int,
      last_ordinal: int,
      provider_batch_id: maybeText,
      raw_status: maybeText,
      raw_answer: maybeText,
      succeeded: int,
      failed: int,
      cancelled: int,
      expired: int,
      missing: int,
      error: maybeText,
      segments: text,
      cancel_asked_at: maybeInt,
      cancel_sent_at: maybeInt,
      fence: int,
      lease_until: int,
      due_at: int,
      wait_ms: int,
      failures: int,
      tries: int,
      checked_at: maybeInt,
      changed_at: int,
    },
    keys: ['primary key (id)', 'unique (batch_id, attempt, n)'],
  },
  intents: {
    columns: {
      id: text,
      workspace: text,
      part_id: text,
      nonce: text,
      state: text,
      fence: int,
      created_at: int,
      sent_at: maybeInt,
      settled_at: maybeInt,
      looks: int,
    },
    keys: ['primary key (id)'],
  },
  shares: {
    columns: {
      id: text,
      workspace: text,
      batch_id: text,
      token_hash: text,
      scope: text,
      expires_at: maybeInt,
      recipient: maybeText,
      redact_prompts: int,
      created_by: text,
      created_at: int,
      views: int,
      last_viewed_at: maybeInt,
    },
    keys: ['primary key (id)', 'unique (token_hash)'],
  },
  replays: {
    columns: {
      key: text,
      workspace: text,
      actor: text,
      body_hash: text,
      answer: text,
      created_at: int,
    },
    keys: ['primary key (workspace, actor, key)'],
  },
  settings: { columns: { name: text, value: text }, keys: ['primary key (name)'] },
};

const indexes = [
  'create unique index connections_name on connections (workspace, name) where deleted_at is null',
  'create index batches_newest on batches (workspace, created_at, id)',
  'create index parts_due on parts (phase, due_at)',
  'create index intents_part on intents (part_id)',
  'create index shares_batch on shares (batch_id)',
  'create index sessions_user on sessions (user_id)',
  'create index events_subject on events (subject, seq)',
  'create index files_newest on files (workspace, created_at, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db);
  for (const [name, { columns, keys }] of Object.entries({ ...tables, events: eventsTable(types.counter) })) {
    const lines = Object.entries(columns).map(
      ([column, type]) => `${column} ${type.replace(/^text/, types.text)}`,
    );
    await sql.raw(`create table ${name} (${[...lines, ...keys].join(', ')})`).execute(db);
  }
  for (const index of indexes) await sql.raw(index).execute(db);
}

/** `seq` counts by itself, which the two engines spell differently. */
function eventsTable(counter: string): { columns: Columns; keys: string[] } {
  return {
    columns: { seq: counter, at: int, workspace: text, actor: text, subject: text, verb: text, data: text },
    keys: [],
  };
}
