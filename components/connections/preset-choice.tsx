'use client';
import { cn } from '#lib/cn';
import { type Preset, presets } from '#lib/model/preset';

/** Presets that explain themselves. A radio group, so arrows walk it. */
export function PresetChoice({ value, onChange }: { value: Preset; onChange: (preset: Preset) => void }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-1.5 font-medium text-sm">Provider</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {presets.map((preset) => (
          <label
            key={preset.name}
            className={cn(
              'grid content-start gap-0.5 rounded-control border p-3 transition-colors has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2',
              preset.name === value.name
                ? 'border-accent bg-accent/8'
                : 'border-line-strong hover:border-line-control',
            )}
          >
            <span className="flex items-center gap-2 font-medium text-sm">
              <input
                type="radio"
                name="preset"
                data-autofocus={preset.name === value.name || undefined}
                value={preset.name}
                checked={preset.name === value.name}
                onChange={() => onChange(preset)}
                className="size-3.5 outline-none [accent-color:var(--accent)]"
              />
              {preset.title}
            </span>
            <span className="text-pretty text-muted text-xs">{preset.about}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
