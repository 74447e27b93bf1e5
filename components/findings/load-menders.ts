/** What mends a file, fetched once there is something to mend: wanted while the line is down, it would take the page along. */
export function loadMenders(): Promise<unknown> {
  return Promise.all([import('./line-editor.tsx'), import('./repair-dialog.tsx')]);
}
