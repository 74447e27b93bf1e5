'use client';
import { Field } from '#components/ui/field';
import { Input, Select } from '#components/ui/input';
import type { Repair } from '#lib/model/repair';

/** What a repair has to be told before it can be done. Most ask for nothing. */
export function RepairFields({ repair, onChange }: { repair: Repair; onChange: (repair: Repair) => void }) {
  if (repair.kind === 'set_model') {
    return (
      <Field label="Model" help="Every request gets it, whatever it named before.">
        <Input
          value={repair.model}
          onChange={(event) => onChange({ ...repair, model: event.target.value })}
        />
      </Field>
    );
  }
  if (repair.kind === 'set_parameter' && repair.json !== null) {
    return (
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Parameter">
          <Input
            value={repair.name}
            placeholder="temperature"
            onChange={(event) => onChange({ ...repair, name: event.target.value })}
          />
        </Field>
        <Field label="Value" help='As JSON: 0.2, true, "text", {"type": "json_object"}'>
          <Input
            value={repair.json}
            className="font-mono text-xs"
            onChange={(event) => onChange({ ...repair, json: event.target.value })}
          />
        </Field>
      </div>
    );
  }
  if (repair.kind !== 'convert') return null;
  if (repair.to === 'openai') {
    return (
      <Field label="Endpoint" optional help="Left empty, each line gets the one its members speak of.">
        <Input
          value={repair.url ?? ''}
          placeholder="/v1/chat/completions"
          onChange={(event) => onChange({ ...repair, url: event.target.value.trim() || null })}
        />
      </Field>
    );
  }
  return (
    <Field
      label="Members of params"
      help="Anthropic takes the Messages API. Gateways may take chat completions, too."
    >
      <Select
        value={repair.style}
        onChange={(event) =>
          onChange({ ...repair, style: event.target.value === 'chat' ? 'chat' : 'messages' })
        }
      >
        <option value="messages">As the Messages API has them</option>
        <option value="chat">As they are in the chat completion</option>
      </Select>
    </Field>
  );
}
