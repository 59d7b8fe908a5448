import type { Draft } from '../../model/draft.ts';
import { newRow } from './rows.ts';

const FIELD = 'Last-Event-ID';

/** The draft as a client sends it that takes up an event stream again (WHATWG HTML section 9.2.3): no id, no field. */
export function withLastEventId(draft: Draft, id: string): Draft {
  const others = draft.headers.filter(({ name }) => name.trim().toLowerCase() !== FIELD.toLowerCase());
  return { ...draft, headers: id === '' ? others : [...others, newRow({ name: FIELD, value: id })] };
}
