import { Skeleton } from '#components/ui/skeleton';
import { TabPanel, Tabs } from '#components/ui/tabs';
import type { ResultRow } from '#lib/model/result';
import { ResultFacts } from './result-facts.tsx';
import { Said } from './said.tsx';

/** What its row tells of a result, where the whole will tell it. */
export function FirstLook({ row, demo }: { row: ResultRow | undefined; demo: boolean }) {
  return (
    <div aria-busy className="grid gap-4">
      {row ? <ResultFacts result={row} demo={demo} /> : <Skeleton className="h-16" />}
      <Tabs
        label="Result"
        value="conversation"
        onChange={() => {}}
        items={[{ value: 'conversation', label: 'Conversation' }]}
      >
        <TabPanel value="conversation">
          <Said who="user">
            <Skeleton className="my-1 h-4 w-2/3" />
          </Said>
          <Said who="answer" answer>
            {row ? (
              <p dir="auto" className="text-pretty [overflow-wrap:anywhere] [unicode-bidi:isolate]">
                {row.preview}
              </p>
            ) : (
              <Skeleton className="my-1 h-4 w-2/3" />
            )}
          </Said>
        </TabPanel>
      </Tabs>
    </div>
  );
}
