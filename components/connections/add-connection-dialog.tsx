'use client';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useId, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useToast } from '#components/ui/toast';
import { fieldsOf } from './connection-fields.ts';
import { ConnectionForm } from './connection-form.tsx';
import { draftFromStart } from './draft.ts';
import { PresetGallery } from './preset-gallery.tsx';
import type { Start } from './preset-groups.ts';
import { addConnection, connectionsKey } from './queries.ts';
import { useStartCheck } from './use-check.ts';
import { useConnectionForm } from './use-connection-form.ts';

/** First where to start from, then what only the person knows. What was made is checked at once. */
export function AddConnectionDialog({ taken, onClose }: { taken: string[]; onClose: () => void }) {
  const [start, setStart] = useState<Start | null>(null);
  const [last, setLast] = useState<string | null>(null);

  function choose(next: Start) {
    setLast(next.id);
    setStart(next);
  }

  if (start) {
    return <StartedDialog start={start} taken={taken} onBack={() => setStart(null)} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="xl"
      title="Add connection"
      description="Where requests go and which key pays. Every limit a preset brings can be changed."
    >
      <PresetGallery chosen={last} onChoose={choose} />
    </Dialog>
  );
}

function StartedDialog({
  start,
  taken,
  onBack,
  onClose,
}: {
  start: Start;
  taken: string[];
  onBack: () => void;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const toast = useToast();
  const startCheck = useStartCheck();
  const formId = useId();
  const { preset } = start;
  const { form, draft, problems, busy, change, submit } = useConnectionForm(draftFromStart(start, taken));

  async function save() {
    const made = await addConnection(preset.name, fieldsOf(start, draft));
    await queries.invalidateQueries({ queryKey: connectionsKey });
    toast({ title: `${made.name} was added` });
    startCheck(made);
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={`Add ${start.title}`}
      description={start.about}
      footer={
        <>
          <Button look="ghost" icon={<ArrowLeft aria-hidden />} onClick={onBack} className="mr-auto">
            Back
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} look="accent" busy={busy}>
            Add connection
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={formId}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit(preset, null, save);
        }}
      >
        <ConnectionForm
          preset={preset}
          keyAgain={false}
          connection={null}
          draft={draft}
          problems={problems}
          onChange={change}
        />
        {problems.other && <Band tone="bad">{problems.other}</Band>}
      </form>
    </Dialog>
  );
}
