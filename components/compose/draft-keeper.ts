import { ApiError } from '#lib/api-client';
import type { Draft, DraftSummary } from '#lib/model/draft';
import { newId } from '#lib/model/id';
import type { BatchForm } from '#lib/model/request-form/form';

export type DraftContent = {
  name: string;
  connection: string | null;
  route: string | null;
  form: BatchForm;
};
type Changes = Partial<DraftContent>;
type Theirs = Pick<DraftSummary, 'revision' | 'updatedBy' | 'updatedAt'>;

export type DraftStep =
  | { step: 'none' | 'saving' | 'saved' }
  | { step: 'failed'; message: string; signedOut: boolean }
  /** Somebody else saved it first: nothing is written over before the person has chosen. */
  | { step: 'conflict'; theirs: Theirs }
  /** Sent or deleted meanwhile. */
  | { step: 'gone' };

/** Which page writes and which of its saves this is; `keepalive` where the page is about to go away. */
export type Saving = { writer?: { id: string; save: number }; keepalive?: boolean };

export type DraftStore = {
  create(id: string, content: DraftContent, saving: Saving): Promise<DraftSummary>;
  save(id: string, revision: number, changes: Changes, saving: Saving): Promise<DraftSummary>;
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
  /** What the server has, or what nobody has touched yet; null where that is not known. */
  let kept: DraftContent | null = first;
  let content = first;
  let step: DraftStep = { step: initial ? 'saved' : 'none' };
  const page = newId('pag');
  let saves = 0;
  let flying: { content: DraftContent; keepalive: boolean; landed: Promise<void> } | null = null;
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

  async function save(): Promise<void> {
    clearTimeout(timer);
    if (!flying) await send(false);
  }

  /** Beside a save under way this one says everything: whether the other came through is not known, nor waited for. */
  function send(keepalive: boolean): Promise<void> {
    clearTimeout(timer);
    if (hasEnded || isStuck() || !isDirty()) return Promise.resolve();
    if (flying) kept = null;
    saves += 1;
    const landed = fly(content, saves, keepalive);
    flying = { content, keepalive, landed };
    return landed;
  }

  async function fly(sent: DraftContent, save: number, keepalive: boolean): Promise<void> {
    go({ step: 'saving' });
    try {
      const saved = await request({ writer: { id: page, save }, keepalive });
      if (save !== saves) return;
      revision = saved.revision;
      kept = sent;
      go({ step: 'saved' });
    } catch (error) {
      if (save === saves) await stumble(error);
    }
    if (save !== saves) return;
    flying = null;
    if (step.step === 'saved' && isDirty()) later(patienceMs);
  }

  function takeAddress(): void {
    if (id !== '') return;
    id = newId('dra');
    onAddress(id);
  }

  function request(saving: Saving): Promise<DraftSummary> {
    takeAddress();
    if (revision === 0) return store.create(id, content, saving);
    return store.save(id, revision, changes(), saving);
  }

  async function stumble(error: unknown): Promise<void> {
    const status = error instanceof ApiError ? error.status : 0;
    const isUnheard = status === 0 || status >= 500;
    if (isUnheard) kept = null;
    if (status === 409 || (status === 404 && revision > 0)) {
      const theirs = await store.read(id).catch(() => null);
      if (!theirs) return go({ step: 'gone' });
      if (status === 409 && changesNothing(theirs)) return later(0);
      if (status === 409) return go({ step: 'conflict', theirs });
    }
    const message = error instanceof Error ? error.message : 'It could not be saved.';
    go({ step: 'failed', message, signedOut: status === 401 });
    if (isUnheard || status === 401) later(retryMs);
  }

  /** Saved once more as it was: by a page that left and sent its last save twice, for one. */
  function changesNothing(theirs: Draft): boolean {
    if (!kept || JSON.stringify(contentOf(theirs)) !== JSON.stringify(kept)) return false;
    revision = theirs.revision;
    return true;
  }

  function take(draft: Draft): void {
    ({ id, revision } = draft);
    content = contentOf(draft);
    kept = content;
    clearTimeout(timer);
    onTheirs(draft);
    go({ step: 'saved' });
  }

  return {
    /** What is typed now. */
    update(now: DraftContent): void {
      content = now;
      if (isStuck() || !isDirty()) return;
      // Before the first save: who goes elsewhere at once must find the way back.
      if (step.step === 'gone') go({ step: 'none' });
      takeAddress();
      later(patienceMs);
    },

    /** At once, for the page goes away: what a save under way does not say is sent beside it. */
    async flush(keepalive: boolean): Promise<void> {
      const isOnItsWay = flying?.content === content && (flying.keepalive || !keepalive);
      if (!isOnItsWay) await send(keepalive);
    },

    hasUnsaved: () => !hasEnded && isDirty(),

    /** Whether saving has stopped or fails, so that what is unsaved would be lost with the page. */
    isTroubled: () => step.step === 'conflict' || step.step === 'gone' || step.step === 'failed',

    /** Whether somebody else saved meanwhile; also whether the last save before a reload came through after all. */
    async look(): Promise<void> {
      // What the server has may be a save of this page whose answer never came: the next save settles that.
      const isOpen = () => revision > 0 && kept !== null && !flying && !isStuck() && !hasEnded;
      if (!isOpen()) return;
      const found = await store.read(id).catch(() => null);
      if (!found || found.revision <= revision || !isOpen() || changesNothing(found)) return;
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
      await flying?.landed;
      if (revision > 0) await store.remove(id).catch(() => {});
    },
  };
}

function contentOf({ name, connectionId, route, form }: Draft): DraftContent {
  return { name, connection: connectionId, route, form };
}

function changesOf(before: DraftContent | null, now: DraftContent): Changes {
  if (!before) return now;
  const names = Object.keys(now) as (keyof DraftContent)[];
  return Object.fromEntries(
    names.filter((name) => before[name] !== now[name]).map((name) => [name, now[name]]),
  );
}
