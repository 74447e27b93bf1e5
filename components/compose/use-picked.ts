'use client';
import { useEffect, useState } from 'react';
import { anyTarget, type LineRules } from '#lib/jsonl/line-rules';
import { nothingPicked, overall, type PickedFiles } from './picked.ts';
import { createPicker } from './picker.ts';
import { runJob } from './run-job.ts';
import type { Heard, NamedBundle } from './use-create.ts';

/** The picked files, judged by the rules of where they are to go. */
export function usePicked(rules: LineRules | null) {
  const [state, setState] = useState<PickedFiles>(nothingPicked);
  const [picker] = useState(() => createPicker(runJob, setState));
  useEffect(() => picker.setRules(rules ?? anyTarget), [picker, rules]);
  useEffect(() => () => picker.stop(), [picker]);
  return {
    ...state,
    overall: overall(state),
    picker,
    hear: ({ sha256, findings, items }: Heard) => picker.hear(sha256, { ...findings, findings: items }),
    /** What is to be sent, each part with the name of its batch. */
    async named(name: string): Promise<NamedBundle[]> {
      const bundles = await picker.bundles();
      if (bundles.length === 1) return bundles.map((bundle) => ({ ...bundle, name: name.trim() }));
      const isOwn = name.trim() !== bundles[0]?.stem;
      return bundles.map((bundle) => ({
        ...bundle,
        name: isOwn ? `${name.trim()} · ${bundle.stem}` : bundle.stem,
      }));
    },
  };
}

export type Picked = ReturnType<typeof usePicked>;
