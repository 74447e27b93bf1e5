/** Adds the id of a line, where it has one. */
export function takeId(bytes: Uint8Array | null, taken: Set<string>): void {
  if (!bytes) return;
  try {
    const value: unknown = JSON.parse(lossy.decode(bytes));
    if (typeof value !== 'object' || value === null) return;
    const { custom_id: id } = value as { custom_id?: unknown };
    if (typeof id === 'string') taken.add(id);
  } catch {
    // What is no JSON has no id.
  }
}

const lossy = new TextDecoder();
