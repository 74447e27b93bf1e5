import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '#components/auth/auth-frame';
import { SignInForm } from '#components/auth/sign-in-form';
import { Band } from '#components/ui/band';
import { cookieWarning } from '#lib/auth/cookie';
import { anyoneContext, currentContext } from '#lib/auth/current-user';
import { safeNext } from '#lib/paths';

export const metadata: Metadata = { title: 'Sign in' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const next = safeNext([(await searchParams).next].flat()[0]);
  if (await currentContext()) redirect(next);
  const warning = cookieWarning(anyoneContext().env);
  return (
    <AuthFrame
      title="Sign in"
      meaning="No account? Ask an admin. The very first one is made with the link the server prints when it starts."
    >
      {warning && <Band tone="warn">{warning}</Band>}
      <SignInForm next={next} />
    </AuthFrame>
  );
}
