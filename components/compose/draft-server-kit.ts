import { ApiError } from '#lib/api-client';
import type { Draft } from '#lib/model/draft';
import { type BatchForm, emptySheet, newRequest } from '#lib/model/request-form/form';
import type { DraftContent, DraftStore, Saving } from './draft-keeper.ts';

export const formOf = (...ids: string[]): BatchForm => ({
  shape: 'inline',
  defaults: emptySheet,
  requests: ids.map((id) => newRequest(id, {}, id)),
});
export const contentOf = (...ids: string[]): DraftContent => ({
  name: 'N',
  connection: null,
  route: null,
  form: formOf(...ids),
});

/** A server of drafts with what it was asked, that can be told to fail, to take its time and to lose its answers. */
export function aServer() {
  const drafts = new Map<string, Draft>();
  const asked: string[] = [];
  const state = { fails: null as Error | null, mute: false, slow: null as Promise<void> | null };
  const writers = new Map<string, Saving['writer']>();
  const isOwn = (id: string, { writer }: Saving) =>
    writer !== undefined && writers.get(id)?.id === writer.id && (writers.get(id)?.save ?? 0) < writer.save;
  const land = async (id: string, content: Partial<DraftContent>, saving: Saving, from: number) => {
    if (state.fails) throw state.fails;
    await state.slow;
    const before = drafts.get(id);
    if (!before && from > 0) throw new ApiError(404, 'not_found', 'gone');
    if (before && before.revision !== from && !isOwn(id, saving))
      throw new ApiError(409, 'conflict', 'meanwhile');
    const draft = put(id, content, (before?.revision ?? 0) + 1, 'me');
    writers.set(id, saving.writer);
    if (state.mute) throw new ApiError(0, 'offline', 'The server could not be reached.');
    return draft;
  };
  const put = (id: string, content: Partial<DraftContent>, revision: number, by: string): Draft => {
    const before = drafts.get(id);
    const {
      name = before?.name ?? '',
      form = before?.form ?? formOf(),
      connection = null,
      route = null,
    } = content;
    const draft: Draft = {
      id,
      name,
      form,
      connectionId: connection,
      route,
      requests: form.requests.length,
      errors: 0,
      revision,
      createdBy: by,
      createdAt: '',
      updatedBy: by,
      updatedAt: '',
    };
    drafts.set(id, draft);
    writers.delete(id);
    return draft;
  };
  const store: DraftStore = {
    create(id, content, saving) {
      asked.push('create');
      return land(id, content, saving, 0);
    },
    save(id, revision, changes, saving) {
      asked.push(`save ${revision} ${Object.keys(changes).join()}`);
      return land(id, changes, saving, revision);
    },
    read: async (id) => drafts.get(id) ?? null,
    async remove(id) {
      asked.push('remove');
      drafts.delete(id);
    },
  };
  return { store, drafts, asked, state, put };
}
