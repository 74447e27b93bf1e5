'use client';
import { Band } from '#components/ui/band';
import type { Block } from '#lib/model/block';
import { type SchemaBreak, schemaBreaks } from '#lib/model/schema-breaks';

/** Whether an answer keeps to the schema its request asked for; and if not, where it does not. */
export function SchemaCheck({ schema, blocks }: { schema: unknown; blocks: Block[] }) {
  const text = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  if (text === '') return null;
  const breaks = breaksOf(schema, text);
  if (breaks === null) {
    return (
      <Band tone="warn" title="The answer is not JSON" className="mt-4">
        Its request asked for JSON that keeps to a schema.
      </Band>
    );
  }
  if (breaks.length === 0)
    return <p className="mt-4 text-muted text-sm">The answer keeps to its JSON schema.</p>;
  return (
    <Band tone="warn" title="The answer does not keep to its JSON schema" className="mt-4">
      <ul className="grid gap-0.5">
        {breaks.map(({ place, problem }) => (
          <li key={`${place} ${problem}`} className="[overflow-wrap:anywhere]">
            <code className="font-mono text-xs [unicode-bidi:isolate]">{place}</code>{' '}
            <span className="[unicode-bidi:isolate]">{problem}</span>
          </li>
        ))}
      </ul>
    </Band>
  );
}

function breaksOf(schema: unknown, text: string): SchemaBreak[] | null {
  try {
    return schemaBreaks(schema, JSON.parse(text));
  } catch {
    return null;
  }
}
