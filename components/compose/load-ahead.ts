/**
 * What New batch fetches only when it is wanted, fetched once somebody has begun to type: a piece that is wanted while
 * the line is down would take the page with it, and what was typed.
 */
export function loadAhead(): Promise<unknown> {
  return Promise.all([
    import('#lib/model/request-form/check'),
    import('#lib/model/request-form/convert'),
    import('./bundle.ts'),
    import('#lib/model/request-curl'),
    import('#lib/model/request-job'),
    import('./code-python.ts'),
    import('./code-typescript.ts'),
    import('./create-progress.tsx'),
    import('./draft-band.tsx'),
    import('./extra-field.tsx'),
    import('./format-field.tsx'),
    import('./json-area.tsx'),
    import('./jsonl-door.tsx'),
    import('./piece-field.tsx'),
    import('./renumber-field.tsx'),
    import('./route-choice.tsx'),
    import('./rows-field.tsx'),
    import('./take-json.ts'),
    import('./thinking-field.tsx'),
    import('./tool-choice-field.tsx'),
    import('./tools-field.tsx'),
    import('./unfinished.tsx'),
  ]);
}
