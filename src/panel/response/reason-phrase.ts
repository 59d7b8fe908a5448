import { statusNames } from '../../http/status-codes.ts';

/** Words that a phrase does not simply capitalise. */
const SPELLINGS: Readonly<Record<string, string>> = { ok: 'OK', uri: 'URI', http: 'HTTP', im: 'IM', non: 'Non' };

/** The usual reason phrase of a status code, for answers that bring none (HTTP/2 has no place for it); empty for codes that nobody names. */
function reasonPhrase(status: number): string {
  const [name = ''] = statusNames.get(status) ?? [];
  return name
    .split('_')
    .map((word) => SPELLINGS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** `200 OK`, with the usual phrase where the server sent none. */
export function statusText(status: number, reason: string): string {
  return `${status} ${reason || reasonPhrase(status)}`.trim();
}

/** What a status code's colour stands for. */
export function statusClass(status: number): 'info' | 'ok' | 'redirect' | 'error' {
  if (status < 200) return 'info';
  if (status < 300) return 'ok';
  return status < 400 ? 'redirect' : 'error';
}
