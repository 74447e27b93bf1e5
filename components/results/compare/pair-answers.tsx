'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { OutcomeWord } from '#components/results/outcome-word';
import { Fact, Facts } from '#components/ui/facts';
import { Money, Num } from '#components/ui/num';
import type { ComparedSide, PairDetail, SideAnswer } from '#lib/model/comparison';
import type { ResultRow } from '#lib/model/result';
import { type Piece, wordDiff } from '#lib/model/word-diff';
import { paths } from '#lib/paths';
import { pairRuleWords } from './change-words.ts';
import { MarkedText } from './marked-text.tsx';

/** Two answers to one request beside each other, with what differs marked word by word. */
export function PairAnswers({
  pair: { first, second, answers },
  sides,
}: {
  pair: PairDetail;
  sides: { first: ComparedSide; second: ComparedSide };
}) {
  const [one, other] = [answers.first, answers.second];
  const isBoth = one !== null && other !== null;
  const diff = useMemo(() => (one && other ? wordDiff(one.text, other.text) : null), [one, other]);
  return (
    <div className="grid gap-4">
      <p role="status" className="text-muted text-sm">
        {isBoth && <Told diff={diff} one={one} other={other} />}
      </p>
      <div className="grid gap-5 lg:grid-cols-2">
        <SideOf letter="A" side={sides.first} row={first} answer={one} pieces={diff?.first} />
        <SideOf letter="B" side={sides.second} row={second} answer={other} pieces={diff?.second} />
      </div>
    </div>
  );
}

function Told({
  diff,
  one,
  other,
}: {
  diff: ReturnType<typeof wordDiff>;
  one: SideAnswer;
  other: SideAnswer;
}) {
  const rule = one.isJson && other.isJson ? pairRuleWords.value : pairRuleWords.letter;
  if (one.cut || other.cut) return <>Only the beginning is shown, without marks: the whole is very long.</>;
  if (one.text === other.text) return <>Both say the same. {rule}</>;
  if (!diff) return <>Too long, or too different, to be marked word by word. {rule}</>;
  if (diff.onlyFirst + diff.onlySecond === 0) return <>Only marks and spacing differ. {rule}</>;
  return (
    <>
      <Num value={diff.onlyFirst} /> {diff.onlyFirst === 1 ? 'word' : 'words'} only in A,{' '}
      <Num value={diff.onlySecond} /> only in B. {rule}
    </>
  );
}

function SideOf({
  letter,
  side,
  row,
  answer,
  pieces,
}: {
  letter: 'A' | 'B';
  side: ComparedSide;
  row: ResultRow | null;
  answer: SideAnswer | null;
  pieces: Piece[] | undefined;
}) {
  return (
    <section aria-label={`Answer of ${letter}`} className="grid min-w-0 content-start gap-3">
      <h3 className="flex min-w-0 items-baseline gap-2 font-medium text-sm">
        <span className="text-muted">{letter}</span>
        <span className="min-w-0 truncate">{side.name}</span>
      </h3>
      {row && <SideFacts row={row} demo={side.demo} />}
      {answer ? (
        <MarkedText
          pieces={pieces ?? [{ text: answer.text, differs: false }]}
          only={letter}
          isJson={answer.isJson}
        />
      ) : (
        <p className="text-muted text-sm">
          {row ? 'No line came back.' : `This request does not stand in ${letter}.`}
        </p>
      )}
      {row && (
        <Link
          href={paths.result(side.batchId, row.ordinal)}
          prefetch={false}
          className="justify-self-start rounded-bar text-accent text-sm underline underline-offset-2"
        >
          Open the result of {letter}, with its prompt
        </Link>
      )}
    </section>
  );
}

function SideFacts({ row, demo }: { row: ResultRow; demo: boolean }) {
  return (
    <Facts className="gap-x-6 border-y py-2">
      <Fact name="Outcome">
        <OutcomeWord outcome={row.outcome} flags={row.flags} />
      </Fact>
      {row.model && (
        <Fact name="Model">
          <span className="font-mono text-xs">{row.model}</span>
        </Fact>
      )}
      {row.usage?.output != null && (
        <Fact name="Tokens out">
          <Num value={row.usage.output} />
        </Fact>
      )}
      {row.cost !== null && (
        <Fact name={demo ? 'Demo cost' : 'Cost'}>
          <Money amount={row.cost} currency="USD" />
        </Fact>
      )}
    </Facts>
  );
}
