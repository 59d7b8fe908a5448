/** One block of an event stream, read by the rules of WHATWG HTML section 9.2.6. */
export interface SseBlock {
  /** null: the block has no data and is not dispatched as an event. */
  readonly data: string | null;
  readonly type: string;
  /** What it makes the last event ID; null when it leaves that as it is. */
  readonly id: string | null;
  /** Milliseconds; null when it sets none. */
  readonly retry: number | null;
  /** Its comment lines, joined; null when it has none. */
  readonly comment: string | null;
}

/** @param text the lines of one block; a byte order mark at the beginning of the stream is taken off before */
export function parseSseBlock(text: string): SseBlock {
  const data: string[] = [];
  const comments: string[] = [];
  let type = '';
  let id: string | null = null;
  let retry: number | null = null;
  for (const line of text.split(/\r\n|[\n\r]/)) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    switch (name) {
      case '':
        if (colon === 0) comments.push(value);
        break;
      case 'data':
        data.push(value);
        break;
      case 'event':
        type = value;
        break;
      case 'id':
        if (!value.includes('\0')) id = value;
        break;
      case 'retry':
        if (/^\d+$/.test(value)) retry = Number(value);
        break;
      default:
      // Fields of other names are ignored.
    }
  }
  return {
    data: data.length === 0 ? null : data.join('\n'),
    type: type === '' ? 'message' : type,
    id,
    retry,
    comment: comments.length === 0 ? null : comments.join('\n'),
  };
}
