/** Longer texts seldom repeat. */
const LONGEST = 512;
/** What a pool holds before it starts anew; texts already given out stay. */
const POOL_SIZE = 20_000;

export type Intern = (text: string) => string;

/**
 * Gives equal texts as one and the same string. The fields of thousands of captured requests are nearly all alike, and
 * the network log hands over a copy of each.
 */
export function stringPool(): Intern {
  let pool = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST) return text;
    const known = pool.get(text);
    if (known !== undefined) return known;
    if (pool.size >= POOL_SIZE) pool = new Map();
    pool.set(text, text);
    return text;
  };
}
