import 'server-only';
import type { ColumnType, Generated } from 'kysely';
import type { Hold } from '#lib/model/batch';
import type { Attention, Phase } from '#lib/model/phase';
import type { Role } from '#lib/model/role';
import type { ShareScope } from '#lib/model/share';

/** Text, integers and JSON as text only, so that one set of queries runs on both engines. Times are UTC ms. */
type Json = string;
type Bool = 0 | 1;
/** May be left out when a row is written. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;

export type Schema = {
  users: {
    id: string;
    workspace: string;
    email: string;
    password_hash: string;
    role: Role;
    disabled_at: number | null;
    set_by_file: Bool;
    /** Fingerprint of what the file said, so that an unchanged file writes nothing. */
    file_mark: string | null;
    created_at: number;
  };
  sessions: {
    id_hash: string;
    workspace: string;
    user_id: string;
    created_at: number;
    seen_at: number;
    expires_at: number;
  };
  throttles: { key: string; failures: number; until: number; updated_at: number };
  setup_links: { token_hash: string; created_at: number };
  connections: {
    id: string;
    workspace: string;
    name: string;
    preset: string;
    dialect: string;
    base_url: string;
    key_header: string;
    key_sealed: string | null;
    key_last4: string | null;
    key_fingerprint: string | null;
    headers: Json;
    limits: Json;
    discount: number | null;
    completion_window: string | null;
    set_by_file: Json;
    file_mark: string | null;
    created_at: number;
    updated_at: number;
    deleted_at: number | null;
    paused_at: Later<number>;
    paused_why: Later<string>;
    /** What the last check found, in words. */
    checked: Later<Json>;
  };
  tokens: {
    id: string;
    workspace: string;
    name: string;
    token_hash: string;
    user_id: string;
    connection_id: string | null;
    set_by_file: Bool;
    created_at: number;
    used_at: number | null;
  };
  files: {
    id: string;
    workspace: string;
    name: string;
    bytes: number;
    sha256: string;
    blob_key: string;
    requests: number;
    dialect: string | null;
    models: Json;
    endpoints: Json;
    errors: number;
    warnings: number;
    /** How many findings of each code. */
    codes: Generated<Json>;
    owner_id: string | null;
    derived_from: string | null;
    recipe: Json | null;
    created_at: number;
  };
  findings: {
    file_id: string;
    n: number;
    line: number;
    col: number;
    severity: 'error' | 'warning';
    code: string;
    message: string;
    custom_id: string | null;
    other_line: number | null;
    /** Where the line stands in the file, and a snippet of it. */
    place: Json | null;
  };
  batches: {
    id: string;
    workspace: string;
    name: string;
    connection_id: string;
    file_id: string;
    preset: string;
    dialect: string;
    endpoint: string | null;
    completion_window: string | null;
    models: Json;
    phase: Phase;
    attention: Attention | null;
    counts_are: 'live' | 'final-only';
    total: number;
    succeeded: number;
    failed: number;
    cancelled: number;
    expired: number;
    missing: number;
    usage: Json | null;
    cost_nano: number | null;
    cost_currency: string | null;
    cost_source: 'provider' | 'estimate' | 'demo' | null;
    tags: Json;
    note: string | null;
    owner_id: string | null;
    created_at: number;
    submitted_at: number | null;
    started_at: number | null;
    finished_at: number | null;
    expires_at: number | null;
    checked_at: number | null;
    /** The published results index: one fenced pointer flip, null until then. */
    index_key: string | null;
    deleted_at: number | null;
    /** Public headers of the batch's own, sent with each of its calls. */
    headers: Generated<Json>;
    metadata: Generated<Json>;
    progress: Later<number>;
    /** What its answers have come to, by model. */
    spent: Later<Json>;
    /** What it cost less than in real time. */
    saved_nano: Later<number>;
    /** Answers whose price is not known. */
    unpriced: Generated<number>;
  };
  attempts: {
    batch_id: string;
    workspace: string;
    n: number;
    file_id: string;
    recipe: Json | null;
    phase: Phase;
    /** What is added to the counts of the attempt's parts to make the batch's: mostly the lines it does not ask again. */
    kept: Later<Json>;
  };
  /** A point where the counts of a batch changed; `other` is what was cancelled, expired or is missing. */
  progress: {
    batch_id: string;
    workspace: string;
    at: number;
    succeeded: number;
    failed: number;
    other: number;
  };
  parts: {
    id: string;
    workspace: string;
    batch_id: string;
    attempt: number;
    n: number;
    phase: Phase;
    hold: Hold | null;
    attention: Attention | null;
    /** The end that waits for its results to be collected. */
    ends_as: Phase | null;
    first_ordinal: number;
    last_ordinal: number;
    provider_batch_id: string | null;
    raw_status: string | null;
    /** The provider's last answer about the batch, cut and cleaned. */
    raw_answer: string | null;
    succeeded: number;
    failed: number;
    cancelled: number;
    expired: number;
    missing: number;
    error: Json | null;
    /** Blob keys of the provider's result lines, as they came. */
    segments: Json;
    cancel_asked_at: number | null;
    cancel_sent_at: number | null;
    fence: number;
    lease_until: number;
    due_at: number;
    wait_ms: number;
    failures: number;
    tries: number;
    checked_at: number | null;
    changed_at: number;
    /** The bytes of the file that hold its lines; null where it is the whole file. */
    first_byte: Later<number>;
    last_byte: Later<number>;
    input_file_id: Later<string>;
    /** When anything about it last changed at the provider. */
    moved_at: Later<number>;
    /** Until when the provider keeps its results at least. */
    results_until: Later<number>;
    /** What its downloads have brought so far, to hold the next one against. */
    fetched: Later<Json>;
    expires_at: Later<number>;
    /** The provider's own percentage. */
    progress: Later<number>;
    /** What the provider says it charged. */
    cost_nano: Later<number>;
    /** When it was told that the provider will soon delete its results. */
    warned_at: Later<number>;
  };
  intents: {
    id: string;
    workspace: string;
    part_id: string;
    nonce: string;
    state: 'intent' | 'sent' | 'bound' | 'refused' | 'lost' | 'abandoned';
    fence: number;
    created_at: number;
    sent_at: number | null;
    /** When its end was known; of a lost one whose holder is gone, when that was found out. */
    settled_at: number | null;
    looks: number;
    input_file_id: Later<string>;
    /** What of the provider's list could be it, for a person to choose from. */
    candidates: Later<Json>;
    /** What the call became at the provider, also where its answer came too late to be followed. */
    provider_batch_id: Later<string>;
  };
  shares: {
    id: string;
    workspace: string;
    batch_id: string;
    token_hash: string;
    scope: ShareScope;
    expires_at: number | null;
    recipient: string | null;
    redact_prompts: Bool;
    created_by: string;
    created_at: number;
    views: number;
    last_viewed_at: number | null;
  };
  drafts: {
    id: string;
    workspace: string;
    name: string;
    connection_id: string | null;
    route: string | null;
    form: Json;
    requests: number;
    errors: number;
    revision: number;
    writer: string | null;
    writer_save: number;
    created_by: string;
    created_at: number;
    updated_by: string;
    updated_at: number;
  };
  events: {
    seq: Generated<number>;
    at: number;
    workspace: string;
    actor: string;
    subject: string;
    verb: string;
    data: Json;
  };
  replays: {
    key: string;
    workspace: string;
    actor: string;
    body_hash: string;
    answer: Json;
    created_at: number;
  };
  settings: { name: string; value: string };
};
