import { paths } from '#lib/paths';

/** Signing in elsewhere keeps what is typed here. */
export function SignInAgain() {
  return (
    <a
      href={paths.signIn()}
      target="_blank"
      rel="noopener"
      className="text-accent underline underline-offset-4"
    >
      Sign in in a new tab
    </a>
  );
}
