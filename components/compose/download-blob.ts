/** Hands a file that was made here to the person. */
export function downloadBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own hold on it once the download began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
