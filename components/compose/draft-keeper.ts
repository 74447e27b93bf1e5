import { ApiError } from '#lib/api-client';
import type { Draft, DraftSummary } from '#lib/model/draft';
import { newId } from '#lib/model/id';
import type { BatchForm } from '#lib/model/request-form/form';

export type DraftContent = { name: string; connection: string | null; form: BatchForm };
type Changes = Partial<DraftContent>;
type Theirs = Pick<DraftSummary, 'revision' | 'updatedBy' | 'updatedAt'>;

export type DraftStep =
  | { step: 'none' | 'saving' | 'saved' }
  | { step: 'failed'; message: string; signedOut: boolean }
  /** Somebody else saved it first: nothing is written over before the person has chosen. */
  | { step: 'conflict'; theirs: Theirs }
  /** Sent or deleted meanwhile. */
  | { step: 'gone' };

export type DraftStore = {
  create(id: string, content: DraftContent, keepalive: boolean): Promise<DraftSummary>;
  save(id: string, revision: number, changes: Changes, keepalive: boolean): Promise<DraftSummary>;
  /** Null where it is not there. */
  read(id: string): Promise<Draft | null>;
  remove(id: string): Promise<void>;
};

export type DraftEvents = {
  onStep(step: DraftStep): void;
  /** What somebody else saved takes the place of what is here. */
  onTheirs(draft: Draft): void;
  /** Where the draft is found from now on. */
  onAddress(id: string | null): void;
};

export type DraftKeeper = ReturnType<typeof createDraftKeeper>;

const patienceMs = 400;
const retryMs = 5_000;

/** Keeps what is typed on the server, one save after another, each over the revision it started from. */
export function createDraftKeeper(
  store: DraftStore,
  initial: Draft | null,
  first: DraftContent,
  { onStep, onTheirs, onAddress }: DraftEvents,
) {
  let id = initial?.id ?? '';
  let revision = initial?.revision ?? 0;
  /** What the server has, or what nobody has touched yet; null where it has nothing. */
  let kept: DraftContent | null = first;
  let content = first;
  let step: DraftStep = { step: initial ? 'saved' : 'none' };
  let isSaving = false;
  let hasEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const go = (next: DraftStep) => {
    step = next;
    onStep(next);
  };
  const changes = () => changesOf(kept, content);
  const isDirty = () => Object.keys(changes()).length > 0;
  const isStuck = () => step.step === 'conflict' || (step.step === 'gone' && id !== '');
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(), ms);
  };

  async function save(keepalive = false): Promise<void> {
    clearTimeout(timer);
    if (isSaving || hasEnded || isStuck() || !isDirty()) return;
    isSaving = true;
    const sent = content;
    go({ step: 'saving' });
    try {
      if (id === '') {
        id = newId('dra');
        onAddress(id);
      }
      const saved =
        revision === 0
          ? await store.create(id, sent, keepalive)
          : await store.save(id, revision, changes(), keepalive);
      revision = saved.revision;
      kept = sent;
      go({ step: 'saved' });
    } catch (error) {
      await stumble(error);
    } finally {
      isSaving = false;
    }
    if (step.step === 'saved' && isDirty()) later(patienceMs);
  }

  async function stumble(error: unknown): Promise<void> {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 409 || (status === 404 && revision > 0)) {
      const theirs = await store.read(id).catch(() => null);
      if (!theirs) return go({ step: 'gone' });
      if (status === 409) return go({ step: 'conflict', theirs });
    }
    const message = error instanceof Error ? error.message : 'It could not be saved.';
    go({ step: 'failed', message, signedOut: status === 401 });
    if (status === 0 || status === 401 || status >= 500) later(retryMs);
  }

  function take(draft: Draft): void {
    ({ id, revision } = draft);
    content = { name: draft.name, connection: draft.connectionId, form: draft.form };
    kept = content;
    clearTimeout(timer);
    onTheirs(draft);
    go({ step: 'saved' });
  }

  return {
    /** What is typed now. */
    update(now: DraftContent): void {
      content = now;
      if (!isStuck() && isDirty()) later(patienceMs);
    },

    /** At once, for the page goes away. */
    flush: (keepalive: boolean) => save(keepalive),

    hasUnsaved: () => !hasEnded && isDirty(),

    /** Whether somebody else saved meanwhile; also whether the last save before a reload came through after all. */
    async look(): Promise<void> {
      if (revision === 0 || isStuck() || isSaving || hasEnded) return;
      const found = await store.read(id).catch(() => null);
      if (!found || found.revision <= revision || isSaving || isStuck()) return;
      if (isDirty()) go({ step: 'conflict', theirs: found });
      else take(found);
    },

    /** A draft that was not there when the page was drawn: it may just be on its way. */
    async find(wanted: string, waits: number[]): Promise<void> {
      for (const ms of waits) {
        await new Promise((resolve) => setTimeout(resolve, ms));
        const found = await store.read(wanted).catch(() => null);
        if (id !== '') return;
        if (found) return take(found);
      }
      onAddress(null);
      go({ step: 'gone' });
    },

    async takeTheirs(): Promise<void> {
      const theirs = await store.read(id);
      if (theirs) take(theirs);
      else go({ step: 'gone' });
    },

    /** Over theirs, which the person has seen and does not want. */
    async keepMine(): Promise<void> {
      const theirs = await store.read(id);
      if (!theirs) return go({ step: 'gone' });
      revision = theirs.revision;
      kept = null;
      go({ step: 'saving' });
      await save();
    },

    /** Theirs stays where it is; this goes on under an address of its own. */
    async keepBoth(): Promise<void> {
      id = '';
      revision = 0;
      kept = null;
      go({ step: 'saving' });
      await save();
    },

    /** The batch is made: the draft has done its work. */
    async end(): Promise<void> {
      hasEnded = true;
      clearTimeout(timer);
      if (revision > 0) await store.remove(id).catch(() => {});
    },

    stop: () => clearTimeout(timer),
  };
}

function changesOf(before: DraftContent | null, now: DraftContent): Changes {
  if (!before) return now;
  return {
    ...(before.name === now.name ? {} : { name: now.name }),
    ...(before.connection === now.connection ? {} : { connection: now.connection }),
    ...(before.form === now.form ? {} : { form: now.form }),
  };
}
