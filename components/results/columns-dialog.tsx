'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { buttonClass } from '#components/ui/button-class';
import { Checkbox } from '#components/ui/checkbox';
import { Dialog } from '#components/ui/dialog';
import { Skeleton } from '#components/ui/skeleton';
import { getJson } from '#lib/api-client';
import { answerOf, answerText } from '#lib/model/conversation';
import { mostPaths, pathsIn } from '#lib/model/json-path';
import type { ResultDetail } from '#lib/model/result';
import { apiPaths } from '#lib/paths';
import type { ResultPage } from './source.ts';

const most = 40;

/** Which values of the JSON of each row become columns; what one can choose is found in the first answer. */
export function ColumnsDialog({
  batchId,
  hrefOf,
  onClose,
}: {
  batchId: string;
  hrefOf: (columns: string[]) => string;
  onClose: () => void;
}) {
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useQuery({
    queryKey: ['result', 'places', batchId],
    queryFn: ({ signal }) => placesIn(batchId, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const toggle = (place: string) =>
    setChosen((before) =>
      before.includes(place) ? before.filter((one) => one !== place) : [...before, place],
    );
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title="Columns of the CSV"
      description="They stand behind the usual ones. Offered is what the first answer holds; a row without such a value leaves its cell empty."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <a href={hrefOf(chosen)} download className={buttonClass({ look: 'accent' })}>
            Download CSV
          </a>
        </>
      }
    >
      {query.isPending && <Skeleton className="h-40" />}
      {query.error && <p className="text-bad text-sm">{query.error.message}</p>}
      <fieldset className="grid gap-2">
        <legend className="sr-only">Columns</legend>
        {query.data?.map((place) => (
          <Checkbox
            key={place}
            className="flex items-center gap-2.5"
            checked={chosen.includes(place)}
            disabled={!chosen.includes(place) && chosen.length >= mostPaths}
            onChange={() => toggle(place)}
          >
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{place}</span>
          </Checkbox>
        ))}
      </fieldset>
    </Dialog>
  );
}

/** A comma would end a place in the address, so such names are not offered. */
async function placesIn(batchId: string, signal: AbortSignal): Promise<string[]> {
  const page = await getJson<ResultPage>(`${apiPaths.results(batchId)}?outcome=succeeded&limit=1`, {
    signal,
  });
  const [first] = page.items;
  if (!first) return [];
  const { request, response } = await getJson<ResultDetail>(apiPaths.result(batchId, first.ordinal), {
    signal,
  });
  const came = parsed(response?.text ?? '');
  const places = [
    ...leaves(parsed(answerText(answerOf(came))), 'answer'),
    ...leaves(came, 'response'),
    ...leaves(parsed(request.text), 'request'),
  ];
  return places.filter((place) => !place.includes(','));
}

/** Of what is one value itself nothing is offered: it has a column already. */
function leaves(value: unknown, root: string): string[] {
  return typeof value === 'object' && value !== null ? pathsIn(value, root, most) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
