import { asUtf8 } from './as-utf8.ts';
import { chooseCharset } from './charset.ts';
import { JsonKind } from './json-nodes.ts';
import { JsonPathError } from './json-path-ast.ts';
import { parseJsonPath } from './json-path-parse.ts';
import { selectNodes } from './json-path.ts';
import { readJsonTree, stringOf, textOf, type JsonTree } from './json-tree.ts';
import { readBytes } from './read-bytes.ts';

/** What is looked for in a body. */
export interface BodyQuery {
  readonly from: 'json' | 'regex';
  /** A JSONPath, or a regular expression as JavaScript has them. */
  readonly what: string;
}

/** `message` is for people, where there is more to say than the code does. */
export type BodyFinding =
  /** Of several, the first; `count` says how many. A string's text, anything else as it is written. */
  | { readonly ok: true; readonly value: string; readonly count: number }
  | {
      readonly ok: false;
      readonly code: 'path' | 'pattern' | 'not-json' | 'nothing' | 'too-large' | 'limit';
      readonly message: string;
    };

/** Bytes. A JSON text stays in memory as a whole; a regular expression needs it as one string. */
const MAX_JSON = 256 * 1024 * 1024;
const MAX_TEXT = 64 * 1024 * 1024;
const HEAD = 16 * 1024;

/** A body that is asked several things: what was read for the first of them is kept for the others. */
export class BodyReader {
  private readonly blob: Blob;
  private readonly contentType: string | null;
  private utf8: Promise<Blob> | null = null;
  private tree: Promise<ReturnType<typeof readJsonTree>> | null = null;
  private text: Promise<string> | null = null;

  /** @param contentType the Content-Type field */
  constructor(blob: Blob, contentType: string | null) {
    this.blob = blob;
    this.contentType = contentType;
  }

  async find({ from, what }: BodyQuery): Promise<BodyFinding> {
    const { size } = await this.decoded();
    if (size > (from === 'json' ? MAX_JSON : MAX_TEXT)) return { ok: false, code: 'too-large', message: '' };
    return from === 'json' ? await this.byPath(what) : await this.byPattern(what);
  }

  private async byPath(what: string): Promise<BodyFinding> {
    try {
      const path = parseJsonPath(what);
      this.tree ??= this.readTree();
      const { tree, problem, full } = await this.tree;
      if (full) return { ok: false, code: 'too-large', message: '' };
      if (problem !== null) {
        return { ok: false, code: 'not-json', message: `${problem.message}, at byte ${problem.offset + 1}` };
      }
      const found = selectNodes(tree, path);
      const [first] = found;
      if (first === undefined) return { ok: false, code: 'nothing', message: '' };
      return { ok: true, value: valueOf(tree, first), count: found.length };
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      return { ok: false, code: error.code === 'limit' ? 'limit' : 'path', message: error.message };
    }
  }

  private async byPattern(what: string): Promise<BodyFinding> {
    let pattern: RegExp;
    try {
      pattern = new RegExp(what, 'm');
    } catch (error) {
      return { ok: false, code: 'pattern', message: error instanceof Error ? error.message : String(error) };
    }
    this.text ??= this.decoded().then((blob) => blob.text());
    const match = pattern.exec(await this.text);
    if (match === null) return { ok: false, code: 'nothing', message: '' };
    // A group that took no part in the match leaves the whole of it.
    return { ok: true, value: match[1] ?? match[0], count: 1 };
  }

  private decoded(): Promise<Blob> {
    this.utf8 ??= (async () => {
      const head = await readBytes(this.blob, 0, HEAD);
      const { charset } = chooseCharset(this.contentType, head, this.blob.size > HEAD);
      return await asUtf8(this.blob, charset);
    })();
    return this.utf8;
  }

  private async readTree(): Promise<ReturnType<typeof readJsonTree>> {
    const blob = await this.decoded();
    return readJsonTree(new Uint8Array(await blob.arrayBuffer()));
  }
}

function valueOf(tree: JsonTree, node: number): string {
  return tree.nodes.kind[node] === JsonKind.string ? stringOf(tree, node) : textOf(tree, node);
}
