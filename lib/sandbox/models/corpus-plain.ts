import 'server-only';
import type { Message, Reply } from './reply.ts';

function says(content: string | null, more: Partial<Message> = {}, finishReason = 'stop'): Reply {
  return { kind: 'answer', message: { role: 'assistant', content, refusal: null, ...more }, finishReason };
}

function call(id: string, name: string, input: object) {
  return { id, type: 'function' as const, function: { name, arguments: JSON.stringify(input) } };
}

const table = `Here is how the three compare:

| Tea | Origin | Water | Steep |
|:----|:------|------:|------:|
| Sencha | Japan | 70 °C | 1 min |
| Oolong | Taiwan | 90 °C | 3 min |
| Assam | India | 100 °C | 4 min |

**Tip:** green tea turns bitter in boiling water.`;

const lists = `## Packing for a weekend

1. Clothes
   - two shirts
   - a *warm* layer
2. Papers
   - [ ] tickets
   - [x] passport
3. Everything else

> Leave room for what you bring back.`;

const code = `Use a \`Map\`: it keeps insertion order and takes any key.

\`\`\`ts
export function countBy<T>(items: T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
\`\`\`

It runs in one pass.`;

const script = `\`\`\`python
import csv, sys

for row in csv.DictReader(sys.stdin):
    print(row["name"].strip().title())
\`\`\`

Run it with:

\`\`\`sh
python3 names.py < people.csv | sort -u
\`\`\``;

const object = JSON.stringify(
  { sentiment: 'mixed', score: 0.35, topics: ['delivery', 'price'], language: 'en', escalate: false },
  null,
  2,
);

const long = Array.from(
  { length: 24 },
  (_, n) =>
    `Paragraph ${n + 1}. The harbor wakes before the town does: ropes are coiled, crates are counted, and somebody always hums the same three notes. By the time the first ferry leaves, the baker has sold out of everything with cinnamon in it.`,
).join('\n\n');

export const plain: Reply[] = [
  says(table),
  says(lists),
  says(code),
  says(script),
  says(object),
  says(
    null,
    { tool_calls: [call('call_1', 'get_weather', { city: 'Lisbon', unit: 'celsius' })] },
    'tool_calls',
  ),
  says(
    'I will look both up at once.',
    {
      tool_calls: [
        call('call_2', 'find_flight', { from: 'LIS', to: 'OSL' }),
        call('call_3', 'find_hotel', { city: 'Oslo', nights: 2 }),
      ],
    },
    'tool_calls',
  ),
  says('The bat costs 1.10 and the ball 0.10.', {
    reasoning_content:
      'Together 1.20, and the bat costs 1.00 more than the ball.\nIf the ball is x, then x + (x + 1.00) = 1.20, so x = 0.10.\nCheck: 1.10 + 0.10 = 1.20.',
  }),
  says(null, {
    refusal: 'I can’t help with getting into an account that isn’t yours. Its owner can reset the password.',
  }),
  says(
    'Once upon a time, in a lighthouse that had forgotten its own sea, there lived a keeper who',
    {},
    'length',
  ),
  says(
    '春眠不覺曉，處處聞啼鳥。\n\n日本語では「春の眠りは暁を覚えず」。\n\n한국어로는 “봄잠에 새벽이 온 줄 모르고”입니다. 🐦',
  ),
  says('مرحبًا! هذا نص من اليمين إلى اليسار مع English في الوسط.\n\nשלום עולם — 👩🏽‍🚀 and a flag 🇵🇹.'),
  says('Yes.'),
  says(long),
  says('', {}, 'content_filter'),
];
