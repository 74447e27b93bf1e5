import type { Snippet } from './finding.ts';

/** One mending of a file. A list of them is the recipe of a derived file; each works on what the one before left. */
export type Repair =
  /** By hand; a line without text is left out. */
  | { kind: 'edit_lines'; lines: { line: number; text: string | null }[] }
  | { kind: 'drop_bad_lines' }
  | { kind: 'add_ids' }
  | { kind: 'unique_ids' }
  | { kind: 'strip_bom' }
  /** No CR before the newline, no blank line, a newline at the end. */
  | { kind: 'newlines' }
  | { kind: 'set_model'; model: string }
  /** A member of each request; null stands for taking it out, the text for its JSON. */
  | { kind: 'set_parameter'; name: string; json: string | null }
  | ConvertRepair;

export type ConvertRepair =
  | { kind: 'convert'; to: 'openai'; url: string | null }
  /** As the Messages API has it, or the members of a chat completion as they are. */
  | { kind: 'convert'; to: 'params'; style: 'messages' | 'chat' };

export type RepairSample = { line: number; before: Snippet; after: Snippet | null };

/** What a repair did, or would do. */
export type RepairReport = {
  lines: number;
  changed: number;
  dropped: number;
  /** The first of each kind of change. */
  samples: RepairSample[];
  /** What could not be brought over and the like, and on how many lines. */
  notes: { text: string; lines: number }[];
};

export const repairTitles: Record<Repair['kind'], string> = {
  edit_lines: 'Edited by hand',
  drop_bad_lines: 'Drop bad lines',
  add_ids: 'Add missing ids',
  unique_ids: 'Make ids unique',
  strip_bom: 'Strip the byte order mark',
  newlines: 'Normalize newlines',
  set_model: 'Set the model',
  set_parameter: 'Set a parameter',
  convert: 'Convert the lines',
};
