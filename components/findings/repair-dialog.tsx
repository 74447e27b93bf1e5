'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import type { Repair } from '#lib/model/repair';
import type { FileSource } from './file-source.ts';
import { RepairFields } from './repair-fields.tsx';
import { RepairOutlook } from './repair-outlook.tsx';
import type { Suggestion } from './suggest-repairs.ts';
import { useOutlook } from './use-outlook.ts';

/** One repair: what it asks for, what it would change, and the button that does it. */
export function RepairDialog({
  suggestion,
  source,
  onClose,
}: {
  suggestion: Suggestion;
  source: FileSource;
  onClose: () => void;
}) {
  const [repair, setRepair] = useState<Repair>(suggestion.repair);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const missing = whatIsMissing(repair);
  const outlook = useOutlook(missing === null ? repair : null, source);

  async function apply() {
    setBusy(true);
    setProblem('');
    try {
      await source.apply([repair]);
      onClose();
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : 'This could not be done.');
    }
  }

  return (
    <Dialog
      open
      size="lg"
      title={suggestion.label}
      onClose={onClose}
      description="Lines that are not named here keep their exact bytes."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="accent" busy={busy} reason={missing ?? whyNot(outlook)} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <RepairFields repair={repair} onChange={setRepair} />
        <RepairOutlook outlook={outlook} bytes={source.bytes} />
        {problem && <p className="text-bad text-sm">{problem}</p>}
      </div>
    </Dialog>
  );
}

function whatIsMissing(repair: Repair): string | null {
  if (repair.kind === 'set_model' && repair.model.trim() === '') return 'Name the model.';
  if (repair.kind === 'convert' && repair.to === 'openai' && repair.url?.startsWith('/') === false) {
    return 'An endpoint begins with a slash.';
  }
  if (repair.kind !== 'set_parameter') return null;
  if (repair.name.trim() === '') return 'Name the parameter.';
  if (repair.json === null || isJson(repair.json)) return null;
  return repair.json.trim() === ''
    ? 'Give its value.'
    : 'The value is not JSON. Words stand in double quotes.';
}

function whyNot({ report, error }: ReturnType<typeof useOutlook>): string | null {
  if (error !== null) return 'It could not be worked out what would change.';
  if (!report) return 'It is being worked out what would change.';
  return report.changed + report.dropped === 0 ? 'Nothing would change.' : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
