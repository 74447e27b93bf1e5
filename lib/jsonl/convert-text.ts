import type { ConvertRepair } from '#lib/model/repair';
import type { Editable } from './edit-json.ts';
import { type Members, type Note, printed } from './members.ts';
import { toOpenai } from './to-openai.ts';
import { toParams } from './to-params.ts';

const ofDialect = new Set(['custom_id', 'method', 'url', 'body', 'params']);

/** The text of one line in the other dialect; the same where it is that already, or cannot be. */
export function convertText(line: Editable, repair: ConvertRepair, note: Note): string {
  const { text, places, payload } = line;
  if (payload === null || payload === (repair.to === 'openai' ? 'body' : 'params')) return text;
  const given = membersOf(line, payload);
  const out: Members = new Map();
  const id = places[''].get('custom_id');
  if (id) out.set('custom_id', text.slice(id.value, id.end));
  if (repair.to === 'openai') {
    out.set('method', '"POST"');
    out.set('url', JSON.stringify(repair.url ?? addressFor(given)));
    out.set('body', printed(toOpenai(given, note)));
  } else {
    const isChat = given.has('messages');
    if (!isChat && repair.style === 'messages') {
      note('lines that are no chat completions stay as they are');
      return text;
    }
    out.set('params', printed(repair.style === 'chat' ? given : toParams(given, note)));
  }
  for (const [name, place] of places['']) {
    if (!ofDialect.has(name)) out.set(name, text.slice(place.value, place.end));
  }
  return printed(out);
}

function membersOf({ text, places }: Editable, payload: 'params' | 'body'): Members {
  return new Map([...places[payload]].map(([name, { value, end }]) => [name, text.slice(value, end)]));
}

function addressFor(params: Members): string {
  if (params.has('prompt')) return '/v1/completions';
  if (!params.has('input')) return '/v1/chat/completions';
  return /embed/i.test(params.get('model') ?? '') ? '/v1/embeddings' : '/v1/responses';
}
