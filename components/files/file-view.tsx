'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import type { FileSource } from '#components/findings/file-source';
import { FindingWalk } from '#components/findings/finding-walk';
import { RepairBar } from '#components/findings/repair-bar';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { useToast } from '#components/ui/toast';
import { getSpan } from '#lib/api-client';
import { anyTarget } from '#lib/jsonl/line-rules';
import type { FileSummary } from '#lib/model/file';
import type { Finding } from '#lib/model/finding';
import type { Repair } from '#lib/model/repair';
import { apiPaths, paths } from '#lib/paths';
import { FileFacts } from './file-facts.tsx';
import { previewRepairs, repairFile } from './queries.ts';

/** One stored file. What is mended here becomes a new file; this one stays as it is. */
export function FileView({
  file,
  findings,
  mayOperate,
}: {
  file: FileSummary;
  findings: Finding[];
  mayOperate: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [edits, setEdits] = useState<ReadonlyMap<number, string | null>>(new Map());
  const [busy, setBusy] = useState(false);
  const { id, bytes } = file;

  const source = useMemo((): FileSource => {
    const keep = async (repairs: Repair[]) => {
      const made = await repairFile(id, repairs);
      toast({ title: `${made.name} was made` });
      router.push(paths.file(made.id));
    };
    return {
      rules: anyTarget,
      bytes,
      readLine: (place) => getSpan(apiPaths.content(id), place),
      editLine: mayOperate ? (line, _, text) => setEdits((before) => new Map(before).set(line, text)) : null,
      preview: (repairs, { signal }) => previewRepairs(id, repairs, signal),
      apply: keep,
    };
  }, [id, bytes, mayOperate, router, toast]);

  async function keepEdits() {
    setBusy(true);
    try {
      await source.apply([{ kind: 'edit_lines', lines: [...edits].map(([line, text]) => ({ line, text })) }]);
    } catch (error) {
      toast({ tone: 'bad', title: error instanceof Error ? error.message : 'This could not be kept.' });
    } finally {
      setBusy(false);
    }
  }

  const { errors, warnings, codes } = file.findings;
  return (
    <div className="grid max-w-5xl gap-6">
      <FileFacts file={file} />
      {edits.size > 0 && (
        <Band
          tone="info"
          title={edits.size === 1 ? '1 line is mended here.' : `${edits.size} lines are mended here.`}
          actions={
            <>
              <Button size="sm" look="ghost" onClick={() => setEdits(new Map())}>
                Discard
              </Button>
              <Button size="sm" look="accent" busy={busy} onClick={keepEdits}>
                Keep as a new file
              </Button>
            </>
          }
        >
          This file stays as it is.
        </Band>
      )}
      {mayOperate && <RepairBar codes={codes} dialect={file.dialect} source={source} />}
      {errors + warnings === 0 ? (
        <p className="text-muted">Nothing was found in it: every line is right.</p>
      ) : (
        <FindingWalk
          findings={findings.filter(({ line }) => !edits.has(line))}
          codes={codes}
          total={errors + warnings}
          source={source}
        />
      )}
    </div>
  );
}
