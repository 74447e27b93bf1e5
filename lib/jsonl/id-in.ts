const lossy = new TextDecoder();

/** The id of a line, where it has one. */
export function idIn(bytes: Uint8Array | null): string | null {
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(lossy.decode(bytes));
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'custom_id')) return null;
    const { custom_id: id } = value as { custom_id: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
