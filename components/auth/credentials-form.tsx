'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { ApiError } from '#lib/api-client';

export type Credentials = { email: string; password: string };
type Problem = { email?: string; password?: string; other?: string };

/** Email and password, for the first account and for every later one. Refusals are shown where they belong. */
export function CredentialsForm({
  button,
  isNew,
  send,
}: {
  button: string;
  isNew: boolean;
  send: (credentials: Credentials) => Promise<void>;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem>({});
  const [busy, setBusy] = useState(false);
  const [wait, setWait] = useWait();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy || wait > 0) return;
    const fields = new FormData(event.currentTarget);
    const credentials = { email: String(fields.get('email')), password: String(fields.get('password')) };
    const found = look(credentials, isNew);
    setProblem(found);
    if (found.email || found.password) return focusFirst(form.current, found);
    setBusy(true);
    try {
      await send(credentials);
    } catch (error) {
      const refused = problemOf(error);
      const left = waitOf(error);
      setProblem(left > 0 ? {} : refused);
      setWait(left);
      setBusy(false);
      focusFirst(form.current, refused);
    }
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Email" error={problem.email}>
        <Input name="email" type="email" autoComplete="username" spellCheck={false} required />
      </Field>
      <Field
        label="Password"
        error={problem.password}
        help={
          isNew && !problem.password
            ? 'At least 8 characters. A long sentence is better than a short riddle.'
            : undefined
        }
      >
        <Input
          name="password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
        />
      </Field>
      {wait > 0 ? (
        <Band tone="warn" title="Too many tries">
          <span aria-hidden>Try again in {seconds(wait)}.</span>
          <span className="sr-only">Wait a little, then try again.</span>
        </Band>
      ) : (
        problem.other && <Band tone="bad">{problem.other}</Band>
      )}
      <Button
        type="submit"
        look="accent"
        size="lg"
        busy={busy}
        reason={wait > 0 && 'Too many tries: it opens again when the time is over.'}
      >
        {button}
      </Button>
    </form>
  );
}

function look({ email, password }: Credentials, isNew: boolean): Problem {
  const found: Problem = {};
  if (!/^\S+@\S+$/.test(email.trim())) found.email = 'Write an e-mail address, like ada@example.com.';
  if (password === '') found.password = 'Write the password.';
  else if (isNew && password.length < 8) found.password = 'It must have at least 8 characters.';
  return found;
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) return { other: 'Something went wrong. Try again.' };
  const issues = Array.isArray(error.details) ? (error.details as { path?: string; message?: string }[]) : [];
  const about = (field: string) => issues.find((issue) => issue.path === field)?.message;
  const found = { email: about('email'), password: about('password') };
  return found.email || found.password ? found : { other: error.message };
}

function waitOf(error: unknown): number {
  const details =
    error instanceof ApiError ? (error.details as { retryAfterSeconds?: unknown } | undefined) : undefined;
  return typeof details?.retryAfterSeconds === 'number' ? details.retryAfterSeconds : 0;
}

function focusFirst(form: HTMLFormElement | null, problem: Problem): void {
  const name = problem.email ? 'email' : 'password';
  form?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.focus();
}

function seconds(wait: number): string {
  if (wait < 60) return wait === 1 ? '1 second' : `${wait} seconds`;
  const minutes = Math.ceil(wait / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** Seconds that count down to nothing. */
function useWait(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
