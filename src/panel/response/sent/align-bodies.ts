import { diffLines } from '../../../inspect/line-diff.ts';

interface BodyLine {
  readonly text: string;
  readonly mark: 'added' | 'changed' | 'removed' | null;
}

export interface AlignedBodyLine {
  readonly composed: BodyLine | null;
  readonly prepared: BodyLine | null;
}

/** Lines of two bodies side by side: lines that were replaced stand beside those that replaced them. */
export function alignBodies(composed: readonly string[], prepared: readonly string[]): AlignedBodyLine[] {
  const rows: AlignedBodyLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      const old = removed[i];
      const text = added[i];
      rows.push({
        composed: old === undefined ? null : { text: old, mark: text === undefined ? 'removed' : null },
        prepared: text === undefined ? null : { text, mark: old === undefined ? 'added' : 'changed' },
      });
    }
    removed = [];
    added = [];
  };
  for (const step of diffLines(composed, prepared)) {
    const old = composed[step.old ?? -1];
    const text = prepared[step.new ?? -1];
    if (old !== undefined && text !== undefined) {
      flush();
      rows.push({ composed: { text: old, mark: null }, prepared: { text, mark: null } });
    } else if (old !== undefined) {
      removed.push(old);
    } else if (text !== undefined) {
      added.push(text);
    }
  }
  flush();
  return rows;
}

/** The two side by side as they are, where a comparison would mean nothing. */
export function pairBodies(composed: readonly string[], prepared: readonly string[]): AlignedBodyLine[] {
  const line = (text: string | undefined): BodyLine | null => (text === undefined ? null : { text, mark: null });
  return Array.from({ length: Math.max(composed.length, prepared.length) }, (_, i) => ({
    composed: line(composed[i]),
    prepared: line(prepared[i]),
  }));
}
