/** As long as a browser may need to begin with the download. Milliseconds. */
const KEPT_FOR = 60_000;

/** Saves a Blob under a name through the browser's downloads: pickers are closed to a DevTools panel. */
export function saveBody(body: Blob, name: string): void {
  const url = URL.createObjectURL(body);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR);
}
