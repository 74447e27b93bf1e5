'use client';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { fieldsOf } from './connection-fields.ts';
import { ConnectionFormDialog } from './connection-form-dialog.tsx';
import { type Draft, draftFromStart } from './draft.ts';
import { PresetGallery } from './preset-gallery.tsx';
import type { Start } from './preset-groups.ts';
import { addConnection } from './queries.ts';
import { useConnectionForm } from './use-connection-form.ts';
import { useSaved } from './use-saved.ts';

/** First where to start from, then what only the person knows. What was made is checked at once. */
export function AddConnectionDialog({ taken, onClose }: { taken: string[]; onClose: () => void }) {
  const [start, setStart] = useState<Start | null>(null);
  const [last, setLast] = useState<{ id: string; draft: Draft | null } | null>(null);

  function choose(next: Start) {
    setLast({ id: next.id, draft: next.id === last?.id ? last.draft : null });
    setStart(next);
  }

  if (start) {
    return (
      <StartedDialog
        start={start}
        first={last?.draft ?? draftFromStart(start, taken)}
        onBack={(draft) => {
          setLast({ id: start.id, draft });
          setStart(null);
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="xl"
      title="Add connection"
      description="Where requests go and which key pays. Every limit a preset brings can be changed."
    >
      <PresetGallery chosen={last?.id ?? null} onChoose={choose} />
    </Dialog>
  );
}

function StartedDialog({
  start,
  first,
  onBack,
  onClose,
}: {
  start: Start;
  first: Draft;
  /** What was typed by then is there again when the same start is chosen. */
  onBack: (draft: Draft) => void;
  onClose: () => void;
}) {
  const saved = useSaved();
  const handle = useConnectionForm(first);
  const { preset } = start;

  async function save() {
    const made = await addConnection(preset.name, fieldsOf(start, handle.draft));
    await saved(made, 'added');
    onClose();
  }

  return (
    <ConnectionFormDialog
      title={`Add ${start.title}`}
      description={start.about}
      preset={preset}
      connection={null}
      handle={handle}
      aside={
        <Button
          look="ghost"
          icon={<ArrowLeft aria-hidden />}
          onClick={() => onBack(handle.draft)}
          className="mr-auto"
        >
          Back
        </Button>
      }
      submitLabel="Add connection"
      onSave={save}
      onClose={onClose}
    />
  );
}
