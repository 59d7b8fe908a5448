import type { CollectionNode, NodeContent } from '../../model/collection.ts';
import { FILE_FORMAT, FILE_VERSION, type SealedSecrets } from './file-schema.ts';
import { toFile, type DraftFrame } from './node-in-file.ts';

/** A node with what it holds, as it is to be written. */
export interface WrittenNode {
  readonly node: CollectionNode;
  readonly content: NodeContent;
  /** How many folders stand above it in the file; 0 for the collection itself. */
  readonly depth: number;
}

/** Where the published schema stands. */
const SCHEMA = 'collection.schema.json';
const STEP = 2;

/**
 * Writes a collection piece by piece: two spaces a level, members in one order, a line for each, so that a difference in git
 * is small. What comes first is the collection; then parents before their children, in their order.
 */
export function createCollectionWriter(frame: DraftFrame): {
  /** The text up to and with this node. */
  add(written: WrittenNode): string;
  /** The rest of the file. */
  end(secrets: SealedSecrets | null): string;
} {
  /** Of each open folder, whether something stands in it already. */
  const open: boolean[] = [];
  const pad = (levels: number): string => ' '.repeat(STEP * levels);

  function close(to: number): string {
    let text = '';
    while (open.length > to) {
      const hadItems = open.pop() === true;
      const level = 2 * open.length;
      text += hadItems ? `\n${pad(level + 1)}]\n${pad(level)}}` : `\n${pad(level)}}`;
    }
    return text;
  }

  return {
    add({ node, content, depth }) {
      let text = close(depth);
      const level = 2 * depth;
      if (depth > 0) {
        text += open[depth - 1] === true ? ',\n' : `,\n${pad(level - 1)}"items": [\n`;
        open[depth - 1] = true;
        text += pad(level);
      }
      const item = toFile(node.id, node.name, content, frame);
      const { kind: _, ...fields } = item;
      const lines = depth === 0 ? { $schema: SCHEMA, format: FILE_FORMAT, version: FILE_VERSION, ...fields } : item;
      const json = JSON.stringify(lines, null, STEP).replaceAll('\n', `\n${pad(level)}`);
      if (item.kind === 'request') return text + json;
      open.push(false);
      // What is in it, and its brace, follow.
      return text + json.slice(0, json.lastIndexOf('\n'));
    },
    end(secrets) {
      const inner = close(1);
      const hadItems = open.pop() === true;
      const own =
        secrets === null
          ? ''
          : `,\n${pad(1)}"secrets": ${JSON.stringify(secrets, null, STEP).replaceAll('\n', `\n${pad(1)}`)}`;
      return `${inner}${hadItems ? `\n${pad(1)}]` : ''}${own}\n}\n`;
    },
  };
}
