/** The members of an object by name, each as its own JSON text. */
export type Members = Map<string, string>;
export type Record_ = Record<string, unknown>;

/** Told of everything that cannot be brought over. */
export type Note = (text: string) => void;

export function isRecord(value: unknown): value is Record_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function printed(members: Members): string {
  return `{${[...members].map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
