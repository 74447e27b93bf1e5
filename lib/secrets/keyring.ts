import 'server-only';

/** What a sealed value is bound to: it opens for this record, this origin and this header only. */
export type Binding = { workspace: string; record: string; origin: string; header: string };

export type Keyring = {
  /** Why nothing can be opened, in words; null when the keys are there. */
  locked: string | null;
  seal(plain: string, binding: Binding): string;
  open(sealed: string, binding: Binding): string;
  /** Tells later whether a text is the same again, and nothing to whoever has no key. */
  mark(text: string): string;
  /** The same under every key that is held: while keys are exchanged two processes may not begin with the same one. */
  marks(text: string): string[];
  markFits(text: string, mark: string | null): boolean;
};
