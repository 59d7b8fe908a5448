export interface ServerTimingEntry {
  readonly name: string;
  /** Milliseconds; null when the server gave none. */
  readonly duration: number | null;
  readonly description: string | null;
}

const METRIC = /^[ \t]*([!#$%&'*+\-.^_`|~\w]+)/;
const PARAMETER = /;[ \t]*([!#$%&'*+\-.^_`|~\w]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;,"]*))/g;

/** Reads Server-Timing fields (W3C Server Timing section 3); a parameter given twice counts the first time. */
export function parseServerTiming(fields: readonly string[]): ServerTimingEntry[] {
  return fields.flatMap(splitList).flatMap((metric) => {
    const name = METRIC.exec(metric)?.[1];
    if (name === undefined) return [];
    const parameters = new Map<string, string>();
    for (const [, key = '', quoted, bare = ''] of metric.matchAll(PARAMETER)) {
      const value = quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/g, '$1');
      if (!parameters.has(key.toLowerCase())) parameters.set(key.toLowerCase(), value);
    }
    const duration = Number.parseFloat(parameters.get('dur') ?? '');
    return [
      { name, duration: Number.isFinite(duration) ? duration : null, description: parameters.get('desc') ?? null },
    ];
  });
}

/** Splits at commas that stand outside of quotation marks. */
function splitList(field: string): string[] {
  return field.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}
