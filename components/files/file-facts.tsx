'use client';
import { Fact, Facts } from '#components/ui/facts';
import { Bytes, Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import type { FileSummary } from '#lib/model/file';
import { type Repair, repairTitles } from '#lib/model/repair';
import { FileTies } from './file-ties.tsx';
import { FileVerdict } from './file-verdict.tsx';

export function FileFacts({ file }: { file: FileSummary }) {
  const { requests, bytes, dialect, models, endpoints, createdAt, sha256, recipe } = file;
  const done = repairsIn(recipe);
  const isTied = file.origin !== null || file.derived > 0 || file.usedBy.total > 0;
  return (
    <Facts>
      <Fact name="Judged">
        <FileVerdict file={file} />
      </Fact>
      <Fact name="Requests">
        <Num value={requests} />
      </Fact>
      <Fact name="Size">
        <Bytes value={bytes} />
      </Fact>
      <Fact name="Lines">{dialect === 'openai' ? 'OpenAI' : (dialect ?? 'not known')}</Fact>
      <Fact name={models.length === 1 ? 'Model' : 'Models'}>
        {models.slice(0, 5).join(', ') || 'none named'}
      </Fact>
      {endpoints.length > 0 && <Fact name="Endpoint">{endpoints.slice(0, 5).join(', ')}</Fact>}
      <Fact name="Kept">
        <Time at={createdAt} />
      </Fact>
      {isTied && (
        <Fact name="Became of it">
          <span className="flex flex-wrap gap-x-3">
            <FileTies file={file} />
          </span>
        </Fact>
      )}
      {done.length > 0 && <Fact name="Recipe">{done.join(', ')}</Fact>}
      <Fact name="SHA-256">
        <span className="break-all font-mono text-xs">{sha256}</span>
      </Fact>
    </Facts>
  );
}

/** The titles of the repairs a file was made by. */
function repairsIn(recipe: unknown): string[] {
  const { repairs } = (recipe ?? {}) as { repairs?: Repair[] };
  return Array.isArray(repairs) ? repairs.map(({ kind }) => repairTitles[kind] ?? kind) : [];
}
