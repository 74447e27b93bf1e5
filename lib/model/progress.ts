/** How the counts of a batch stood at one time; `other` is what was cancelled, expired or is missing. */
export type ProgressPoint = { at: string; succeeded: number; failed: number; other: number };
