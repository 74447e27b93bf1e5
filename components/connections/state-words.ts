import type { Tone } from '#components/ui/badge';
import type { StatusShape } from '#components/ui/status-icon';
import { type Connection, pausedForKey } from '#lib/model/connection';

export type State = { word: string; tone: Tone; shape: StatusShape; text: string | null };

/** The one thing to know about a connection, most urgent first. */
export function stateOf(connection: Connection): State {
  const { locked, paused, checked, baseUrl } = connection;
  if (locked !== null) return { word: 'locked', tone: 'warn', shape: 'asking', text: locked };
  if (paused && paused.why !== pausedForKey) {
    const by = paused.by === null ? '' : ` by ${paused.by}`;
    return {
      word: 'paused',
      tone: 'idle',
      shape: 'stopped',
      text: `Paused${by}. ${whyWords(paused.why)}`.trim(),
    };
  }
  if (isKeyRefused(connection)) {
    return { word: 'key refused', tone: 'bad', shape: 'failed', text: refusedWords(connection) };
  }
  if (checked && checked.kind !== 'ready') {
    return { word: 'last check failed', tone: 'warn', shape: 'partly', text: checked.message };
  }
  if (!checked && baseUrl !== '') {
    return { word: 'not checked yet', tone: 'idle', shape: 'waiting', text: null };
  }
  return { word: 'ready', tone: 'ok', shape: 'done', text: null };
}

/** Whether only another key helps. */
export function isKeyRefused({ keyRefused, paused, checked }: Connection): boolean {
  return keyRefused || paused?.why === pausedForKey || checked?.kind === 'key_refused';
}

function refusedWords({ batches, checked }: Connection): string {
  const waiting = batches.waiting + batches.running;
  if (waiting === 0) return checked?.message ?? 'The provider refused the key.';
  return `The provider refused the key. ${batchWords(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for another one.`;
}

export function batchWords(count: number): string {
  return count === 1 ? '1 batch' : `${count} batches`;
}

/** What a person wrote, as a sentence of its own. */
function whyWords(why: string): string {
  return why === '' ? '' : /[.!?…]$/.test(why) ? why : `${why}.`;
}

/** Its unfinished batches in a few words. */
export function inUseWords({ running, waiting }: Connection['batches']): string {
  const words = [running > 0 && `${running} running`, waiting > 0 && `${waiting} waiting`].filter(Boolean);
  return words.join(', ') || 'none running';
}
