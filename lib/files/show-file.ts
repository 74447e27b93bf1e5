import 'server-only';
import { type BatchFile, type FileDialect, isUsable } from '#lib/model/file';
import type { CodeCounts } from '#lib/model/finding';
import type { FileRow } from '#lib/store/files';

export function showFile(row: FileRow): BatchFile {
  const codes = JSON.parse(row.codes) as CodeCounts;
  const findings = { errors: row.errors, warnings: row.warnings, codes };
  return {
    id: row.id,
    name: row.name,
    bytes: row.bytes,
    sha256: row.sha256,
    requests: row.requests,
    dialect: row.dialect as FileDialect | null,
    models: JSON.parse(row.models) as string[],
    endpoints: JSON.parse(row.endpoints) as string[],
    findings,
    usable: isUsable({ requests: row.requests, findings }),
    createdAt: new Date(row.created_at).toISOString(),
    derivedFrom: row.derived_from,
    recipe: row.recipe === null ? null : JSON.parse(row.recipe),
  };
}
