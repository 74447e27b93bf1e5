'use client';
import { createContext, use } from 'react';
import type { FormFinding } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';
import type { Members } from '#lib/model/request-form/json';
import type { Shape } from '#lib/model/request-form/shapes';
import type { Open } from '#lib/model/request-form/standing';
import type { FormChange } from './use-batch-form.ts';

export type Editor = {
  shape: Shape;
  form: BatchForm;
  open: Open;
  /** What everything that is open has in common, and the names of what it has not. */
  shared: { params: Members; mixed: Set<string> };
  findings: FormFinding[];
  models: string[];
  /** Whether what is wrong is said before somebody was there: not of a request that was only just added. */
  seen: boolean;
  /** The parameter the person was sent to. */
  focus: string | null;
  /** Sections somebody opened or closed, whatever request was open then. */
  unfolded: ReadonlyMap<string, boolean>;
  onFold: (title: string, open: boolean) => void;
  /** A change after which the editor is drawn anew, with the focus where the person was. */
  act: (change: FormChange, focus: string) => void;
};

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext;

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('A control stands outside an editor.');
  return editor;
}
