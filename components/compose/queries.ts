import { ApiError, getJson, sendJson } from '#lib/api-client';
import type { Draft } from '#lib/model/draft';
import { apiPaths } from '#lib/paths';
import type { DraftStore } from './draft-keeper.ts';

export const draftStore: DraftStore = {
  create: (id, content, { writer, keepalive }) =>
    sendJson('POST', apiPaths.drafts, { id, ...content, writer }, { keepalive }),
  save: (id, revision, changes, { writer, keepalive }) =>
    sendJson('PATCH', apiPaths.draft(id), { revision, ...changes, writer }, { keepalive }),
  async read(id) {
    try {
      return await getJson<Draft>(apiPaths.draft(id));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  },
  remove: (id) => sendJson('DELETE', apiPaths.draft(id)),
};
