'use client';
import { Menu, MenuItem } from '#components/ui/menu';
import { useCopy } from '#components/ui/use-copy';
import { getBlob } from '#lib/api-client';
import type { SendTarget } from '#lib/model/request-job';
import type { RawText } from '#lib/model/result';

/** A result as words, as the provider's own line, or as a program that sends its request once more. */
export function CopyResult({
  request,
  response,
  whole,
  target,
}: {
  request: RawText;
  response: RawText | null;
  /** Where the whole of a cut side can be had. */
  whole: { request: string; response: string };
  /** Null where its connection is gone. */
  target: SendTarget | null;
}) {
  const { copy: copied, icon, status } = useCopy();
  const copy = (make: (write: typeof import('./written-result.ts')) => string | Promise<string>) =>
    copied(async () => make(await import('./written-result.ts')));
  const asked = () => textOf(request, whole.request);
  const came = (raw: RawText) => textOf(raw, whole.response);
  return (
    <span className="inline-flex items-center gap-2">
      {status}
      <Menu label="Copy" icon={icon}>
        {response && (
          <>
            <MenuItem onClick={() => copy(async (write) => write.asWords(await came(response)))}>
              Answer as text
            </MenuItem>
            <MenuItem onClick={() => copy(() => came(response))}>Answer as JSON</MenuItem>
          </>
        )}
        <MenuItem onClick={() => copy(asked)}>Request as JSON</MenuItem>
        {target && (
          <MenuItem
            onClick={() =>
              copy(async (write) => write.asCurl(await asked(), target, `${location.origin}/sandbox/v1`))
            }
          >
            Request as curl
          </MenuItem>
        )}
      </Menu>
    </span>
  );
}

async function textOf({ text, cut }: RawText, whole: string): Promise<string> {
  if (!cut) return text;
  return (await getBlob(whole)).text();
}
