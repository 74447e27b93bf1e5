import type { Promised } from './promises.ts';

const gates = 'lib/files/gates.test.ts';
const received = 'lib/files/receive-file.test.ts';
const names = 'lib/files/name-gates.test.ts';
const kept = 'ids that differ are kept apart, ids that repeat are found wherever they stand';
const lines = 'lib/jsonl/validate-line.test.ts';

/** What becomes of a file that is sent, however large or odd it is. */
export const ofFiles: Promised[] = [
  {
    promise: 'What is kept is what was sent, to the byte; anything else is refused and leaves nothing',
    broken: [
      {
        name: 'takes what came for what was announced',
        edits: [
          {
            file: 'lib/files/receive-file.ts',
            from: ' length, sha256, origin',
            to: ' length: null, sha256: null, origin',
          },
        ],
        test: [gates, 'an upload that is not what was announced leaves nothing'],
      },
      {
        name: 'keeps ten megabytes and says yes',
        edits: [
          {
            file: 'lib/files/with-pace.ts',
            from: '      yield next.value;',
            to: '      if ((kept += next.value.length) > 10_400_000) return;\n      yield next.value;',
          },
          {
            file: 'lib/files/with-pace.ts',
            from: '  let bytes = 0;\n',
            to: '  let bytes = 0;\n  let kept = 0;\n',
          },
        ],
        test: [gates, '200 MB arrive byte for byte, in little memory'],
      },
      {
        name: 'holds a file in memory until it is whole',
        edits: [
          {
            file: 'lib/files/receive-file.ts',
            from: 'body: withPace(upload.body, pace)',
            to: 'body: [Buffer.concat(await Array.fromAsync(upload.body))] as unknown as AsyncIterable<Uint8Array>',
          },
        ],
        test: [gates, '200 MB arrive byte for byte, in little memory'],
      },
    ],
  },
  {
    promise: 'Large, slow and many uploads are bounded in memory, size and time',
    broken: [
      {
        name: 'waits for as long as a client likes',
        edits: [{ file: 'lib/files/with-pace.ts', from: 'if (bytes >= minBytes)', to: 'if (bytes >= 0)' }],
        test: [received, 'a client that sends nothing, or a drop now and then, is cut'],
      },
      {
        name: 'counts bytes only where their number was announced',
        edits: [
          {
            file: 'lib/files/inspect.ts',
            from: 'if (received > maxBytes)',
            to: 'if (announced !== null && received > maxBytes)',
          },
        ],
        test: [gates, 'a byte over the limit is refused'],
      },
      {
        name: 'holds every line, however long',
        edits: [
          {
            file: 'lib/jsonl/split-lines.ts',
            from: '64 * 1024 * 1024',
            to: '640 * 1024 * 1024',
          },
        ],
        test: [gates, 'no more than one line of bounded length is ever held'],
      },
    ],
  },
  {
    promise:
      'Odd bytes are taken as they are or named with their line: nothing is split, rounded or rewritten',
    broken: [
      {
        name: 'reads bytes that are not UTF-8 as question marks',
        edits: [{ file: 'lib/jsonl/utf8.ts', from: '{ fatal: true,', to: '{ fatal: false,' }],
        test: [lines, 'bytes that are not UTF-8 are named with their character'],
      },
      {
        name: 'writes a line anew before it is sent',
        edits: [
          {
            file: 'lib/files/read-lines.ts',
            from: 'yield { bytes: request,',
            to: 'yield { bytes: Buffer.from(JSON.stringify(JSON.parse(Buffer.from(request).toString()))),',
          },
        ],
        test: [gates, 'what goes to a provider are the bytes that came'],
      },
      {
        name: 'reads the last of two keys',
        edits: [
          {
            file: 'lib/jsonl/is-plain.ts',
            from: 'return soundKeys(record) === colons;',
            to: 'return soundKeys(record) <= colons;',
          },
        ],
        test: [lines, 'a key that stands twice is an error only where two readers would see another request'],
      },
    ],
  },
  {
    promise: 'A line that is too deep is named, and a million keys are read',
    broken: [
      {
        name: 'follows a line to any depth',
        edits: [
          { file: 'lib/jsonl/is-plain.ts', from: 'if (++depth > maxDepth) return false;', to: '++depth;' },
        ],
        test: [lines, 'nesting is taken to 512 levels and not one more'],
      },
    ],
  },
  {
    promise:
      'Ids and names are data: those of the language, those that repeat, and those that look like a path',
    broken: [
      {
        name: 'looks ids up among the names of the language',
        edits: [
          {
            file: 'lib/jsonl/compare-lines.ts',
            from: 'new Map<string, number>();',
            to: '{ ids: {}, get(id) { return this.ids[id]; }, set(id, line) { this.ids[id] = line; } } as never as Map<string, number>;',
          },
        ],
        test: [names, kept],
      },
      {
        name: 'takes ids that look alike for the same',
        edits: [
          {
            file: 'lib/jsonl/compare-lines.ts',
            from: 'firstLineOf.get(customId)',
            to: "firstLineOf.get(customId.normalize('NFC'))",
          },
        ],
        test: [names, kept],
      },
      {
        name: 'keeps line breaks in the name of a file',
        edits: [{ file: 'lib/files/clean-name.ts', from: '/[\\p{Cc}\\u2028', to: '/[\\u2028' }],
        test: [received, 'is kept as'],
      },
    ],
  },
];
