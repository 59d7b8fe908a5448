/** WWW-Authenticate: several challenges in one line and over several lines (RFC 9110 §11.6.1). */

export interface Challenge {
  /** As written; compare without case. */
  scheme: string;
  /** What schemes such as Negotiate have instead of parameters. */
  token68: string | null;
  /** By name in lower case, unquoted; null for a name without a value. Of a repeated name the last wins. */
  params: Readonly<Record<string, string | null>>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PARAM = new RegExp(`^(${TOKEN})[ \\t]*=[ \\t]*(.*)$`, 's');
const SCHEME = new RegExp(`^(${TOKEN})(?:[ \\t]+(.*))?$`, 's');
const TOKEN68 = /^[A-Za-z0-9._~+/-]+=*$/;

/** The challenges in the order in which they stand. What is no challenge is left out. */
export function parseChallenges(lines: readonly string[]): Challenge[] {
  const challenges: Challenge[] = [];
  for (const line of lines) {
    let params: Record<string, string | null> | null = null;
    for (const item of splitAtCommas(line)) {
      const param = PARAM.exec(item);
      if (param !== null && params !== null) {
        addParam(params, param);
        continue;
      }
      const scheme = SCHEME.exec(item);
      if (scheme === null) continue;
      const [, name = '', rest = ''] = scheme;
      params = {};
      const first = PARAM.exec(rest);
      const isToken68 = TOKEN68.test(rest);
      if (first !== null && !isToken68) addParam(params, first);
      challenges.push({ scheme: name, token68: isToken68 ? rest : null, params });
    }
  }
  return challenges;
}

function addParam(params: Record<string, string | null>, [, name = '', value = '']: RegExpExecArray): void {
  params[name.toLowerCase()] = unquote(value.trimEnd());
}

/** Items between commas outside quoted strings, trimmed; empty ones are left out. */
function splitAtCommas(line: string): string[] {
  const items = line.match(/(?:[^",]|"(?:[^"\\]|\\.)*(?:"|$))+/gs) ?? [];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** RFC 9110 §5.6.4: a backslash stands for the character behind it. */
function unquote(value: string): string {
  const quoted = /^"(.*)"$/s.exec(value);
  return quoted === null ? value : (quoted[1] ?? '').replace(/\\(.)/gs, '$1');
}

/** A quoted-string (RFC 9110 §5.6.4). */
export function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
