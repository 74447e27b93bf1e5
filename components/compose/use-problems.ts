'use client';
import { useFormState } from 'react-hook-form';
import type { SheetFields } from '#lib/model/request-form/fields';
import { useEditor } from './editor-context.tsx';

/** What is wrong with a parameter, once somebody has been there or a later look shows it. Notes never wait. */
export function useProblems(name: string, key = name): { error?: string; note?: string } {
  const { findings, seen } = useEditor();
  const { touchedFields } = useFormState<SheetFields>();
  const own = findings.filter(({ param }) => param === name);
  const touched =
    name === 'custom_id'
      ? touchedFields.customId
      : name === 'extra'
        ? touchedFields.extra
        : touchedFields.params?.[key] !== undefined;
  const error = own.find(({ severity }) => severity === 'error')?.message;
  const note = own.find(({ severity }) => severity === 'warning')?.message;
  return { error: seen || touched ? error : undefined, note };
}
