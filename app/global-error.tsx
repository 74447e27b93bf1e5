'use client';
import './globals.css';
import { useFreshBuild } from '#components/shell/use-fresh-build';

/** Stands in when even the frame of the page failed, so it leans on nothing but styles. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  useFreshBuild(error);
  return (
    <html lang="en">
      <body>
        <title>Batchdeck is not well</title>
        <main className="mx-auto grid min-h-dvh max-w-md content-center gap-3 px-6">
          <p className="font-mono text-muted text-sm">500</p>
          <h1 className="font-semibold text-xl">Batchdeck could not start this page</h1>
          <p className="text-muted">
            The fault is ours. Batches that were sent go on. Load the page again; if it stays, the server's
            log tells more{error.digest ? ` at ${error.digest}` : ''}.
          </p>
          <p>
            <a href="/batches" className="text-accent underline">
              Load Batches again
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
