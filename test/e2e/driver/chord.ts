export interface Chord {
  /** A `KeyboardEvent.key`: `Enter`, `a`, `ArrowDown`. */
  readonly key: string;
  readonly control: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta']);

/** Reads `Control+Shift+Enter`; a plus sign as the key is written last, as in `Control++`. */
export function parseChord(text: string): Chord {
  const parts = text.split(/\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  const unknown = [...modifiers].filter((part) => !MODIFIERS.has(part));
  if (key === '' || unknown.length > 0) throw new Error(`Not a chord of keys: "${text}"`);
  return {
    key: key === 'Space' ? ' ' : key,
    control: modifiers.has('Control'),
    shift: modifiers.has('Shift'),
    alt: modifiers.has('Alt'),
    meta: modifiers.has('Meta'),
  };
}
