import { boundaryOf, joinParts, partFacts, splitParts } from '../../inspect/multipart.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';

/** A file that somebody has to supply before an incomplete body can be sent again. */
export interface MissingFile {
  /** Which part of a multipart body; null: the whole body. */
  readonly part: number | null;
  /** The name that it was sent with; '' when none. */
  readonly filename: string;
  /** The part's field name. */
  readonly field: string;
}

/** What is missing of an entry's body; empty when nothing is. */
export function missingFiles(entry: CapturedEntry): MissingFile[] {
  const { body } = entry;
  if (body.state !== 'incomplete') return [];
  const parts = shownParts(entry);
  const missing = (parts ?? []).flatMap(({ head, content }, part): MissingFile[] => {
    const { name, filename } = partFacts(head);
    if (filename === null || filename === '' || !looksCut(content)) return [];
    return [{ part, filename, field: name }];
  });
  return missing.length > 0 ? missing : [{ part: null, filename: '', field: '' }];
}

/** The body with those files in the place of what is missing. Its length tells whether they are the right ones. */
export async function completeBody(
  entry: CapturedEntry,
  files: ReadonlyMap<MissingFile, Blob>,
): Promise<Uint8Array<ArrayBuffer>> {
  const contents = new Map<number | null, Uint8Array<ArrayBuffer>>();
  for (const [{ part }, file] of files) contents.set(part, new Uint8Array(await file.arrayBuffer()));
  const whole = contents.get(null);
  if (whole !== undefined) return whole;
  const parts = (shownParts(entry) ?? []).map(({ head, content }, part) => ({
    head,
    content: contents.get(part) ?? content,
  }));
  return joinParts(parts, boundaryOf(contentType(entry)) ?? '');
}

function shownParts(entry: CapturedEntry): ReturnType<typeof splitParts> {
  const boundary = boundaryOf(contentType(entry));
  if (entry.body.state !== 'incomplete' || entry.body.text === null || boundary === null) return null;
  return splitParts(new TextEncoder().encode(entry.body.text), boundary);
}

/** Chromium's log shows a file as nothing at all, or with U+FFFD for each byte that is no UTF-8. */
function looksCut(content: Uint8Array): boolean {
  return content.length === 0 || new TextDecoder().decode(content).includes('\uFFFD');
}

function contentType({ requestHeaders }: CapturedEntry): string {
  return requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}
