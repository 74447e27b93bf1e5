import 'server-only';
import { createHash } from 'node:crypto';
import type { FaultCall, FaultRule } from '#lib/model/sandbox-fault-script';
import type { JournalEntry } from '#lib/model/sandbox-journal';

/** What goes wrong with one call: all rules that apply to it, the later ones on top. */
export type Faults = Omit<FaultRule, 'on' | 'after' | 'times' | 'every'> & {
  /** How many calls of its kind came before it; makes one disorder different from the next. */
  turn: number;
};

type Call = { calls: FaultCall[]; subject: string };
export type Counted = Required<Pick<JournalEntry, 'script' | 'calls' | 'subject'>>;

export type FaultDesk = {
  take(rules: FaultRule[], call: Call, caller: string): { faults: Faults; counted: Counted | null };
};

/** Counts calls, by script and who has it, and by what they are about. The same calls in the same order meet the same faults, over restarts too. */
export function openFaultDesk(before: JournalEntry[]): FaultDesk {
  const counts = new Map<string, number>();
  const count = (script: string, call: string, subject: string): number => {
    const key = JSON.stringify([script, call, call === 'any' ? '' : subject]);
    const n = counts.get(key) ?? 0;
    counts.set(key, n + 1);
    return n;
  };
  for (const { script, calls, subject } of before) {
    for (const call of calls ?? []) count(script ?? '', call, subject ?? '');
  }
  return {
    take(rules, { calls, subject }, caller) {
      if (rules.length === 0) return { faults: { turn: 0 }, counted: null };
      const script = createHash('sha256')
        .update(caller + JSON.stringify(rules))
        .digest('hex')
        .slice(0, 16);
      const counted = ['any', ...calls];
      const turns = new Map(counted.map((call) => [call, count(script, call, subject)]));
      const faults: Faults = { turn: turns.get(counted.at(-1) ?? '') ?? 0 };
      for (const rule of rules) {
        const turn = turns.get(rule.on);
        if (turn === undefined || !applies(rule, turn)) continue;
        const { on: _on, after: _after, times: _times, every: _every, ...fault } = rule;
        Object.assign(faults, fault);
      }
      return { faults, counted: { script, calls: counted, subject } };
    },
  };
}

function applies({ after = 0, times, every = 1 }: FaultRule, turn: number): boolean {
  const n = turn - after;
  if (n < 0 || n % every !== 0) return false;
  return times === undefined || n / every < times;
}
