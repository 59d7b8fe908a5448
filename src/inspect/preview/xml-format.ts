const INDENT = '  ';
/** Deeper markup is indented no further. */
const MAX_DEPTH = 60;
/** What begins so ends so, whatever stands between. */
const WHOLE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * XML, one element a line, indented. Nothing but white space between elements is changed: an element with text in it,
 * or with `xml:space="preserve"`, stays exactly as it is. What is not well-formed is shown as it stands.
 */
export function formatXml(xml: string): string {
  const tokens = tokensOf(xml);
  const inline = inlineEnds(tokens);
  const lines: string[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const end = inline.get(at);
    if (!token.startsWith('<')) {
      if (token.trim() !== '') lines.push(indented(depth, token.trim()));
    } else if (token.startsWith('</')) {
      depth = Math.max(0, depth - 1);
      lines.push(indented(depth, token));
    } else if (end !== undefined) {
      lines.push(indented(depth, tokens.slice(at, end + 1).join('')));
      at = end;
    } else {
      lines.push(indented(depth, token));
      if (isOpening(token)) depth++;
    }
  }
  return lines.join('\n');
}

/** Markup and what stands between it, in order; together they are the text. */
function tokensOf(xml: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < xml.length;) {
    const end = xml[at] === '<' ? markupEnd(xml, at) : xml.indexOf('<', at);
    const to = end < 0 ? xml.length : end;
    tokens.push(xml.slice(at, to));
    at = to;
  }
  return tokens;
}

/** Behind the markup that begins at `start`; -1 when it does not end. */
function markupEnd(xml: string, start: number): number {
  for (const [from, to] of WHOLE) {
    if (!xml.startsWith(from, start)) continue;
    const end = xml.indexOf(to, start + from.length);
    return end < 0 ? -1 : end + to.length;
  }
  let subsets = 0;
  for (let at = start + 1; at < xml.length; at++) {
    const character = xml[at];
    if (character === '"' || character === "'") {
      at = xml.indexOf(character, at + 1);
      if (at < 0) return -1;
    } else if (character === '[') subsets++;
    else if (character === ']') subsets--;
    else if (character === '>' && (subsets <= 0 || xml[start + 1] !== '!')) return at + 1;
  }
  return -1;
}

function isOpening(token: string): boolean {
  return /^<[^!?/]/.test(token) && token.endsWith('>') && !token.endsWith('/>');
}

/** Where elements end that are to stay on their line: they are empty, or text stands beside their children. */
function inlineEnds(tokens: readonly string[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly at: number; hasText: boolean; hasChild: boolean }[] = [];
  for (const [at, token] of tokens.entries()) {
    const parent = open.at(-1);
    if (token.startsWith('</')) {
      open.pop();
      if (parent !== undefined && (parent.hasText || !parent.hasChild)) ends.set(parent.at, at);
    } else if (isOpening(token)) {
      if (parent !== undefined) parent.hasChild = true;
      open.push({ at, hasText: /\sxml:space\s*=\s*["']preserve["']/.test(token), hasChild: false });
    } else if (parent !== undefined) {
      if (token.startsWith('<![CDATA[')) parent.hasText = true;
      else if (token.startsWith('<')) parent.hasChild = true;
      else parent.hasText ||= token.trim() !== '';
    }
  }
  return ends;
}

function indented(depth: number, text: string): string {
  return INDENT.repeat(Math.min(depth, MAX_DEPTH)) + text;
}
