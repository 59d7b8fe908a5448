/**
 * Gives the very Blob that the background offers under a blob URL: Firefox makes none anew where page and background are
 * of one process, and where they are not it is copied.
 * @throws TypeError when this page may not have it, or it is no longer there
 */
export async function takeBlob(url: string): Promise<Blob> {
  if (!url.startsWith('blob:')) throw new TypeError('That is no Blob.');
  // oxlint-disable-next-line no-restricted-globals -- nothing leaves the browser
  const answer = await fetch(url);
  return await answer.blob();
}
