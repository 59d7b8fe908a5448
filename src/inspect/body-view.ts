import type { TokenKind } from './code-language.ts';
import type { Found, Mark, Query } from './finder.ts';
import type { JsonKind } from './json-nodes.ts';

export type { Found, Mark, Query } from './finder.ts';

/** How far a view has been built. */
export interface ViewState {
  /** Rows known so far. */
  readonly rows: number;
  /** Columns of the widest row, as far as it is known: keeps the content's width still while one scrolls. */
  readonly columns: number;
  /** Bytes read so far. */
  readonly loaded: number;
  /** Counts up when rows told before may be others now; until then more rows only come behind them. */
  readonly arranged: number;
  readonly done: boolean;
  /** The body is no JSON from here on. */
  readonly problem: Problem | null;
  /** There are more values than the view keeps, or more bytes than it takes. */
  readonly limited: boolean;
}

export interface Problem {
  /** Of JSON in the words of Python's json module. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** Characters, from 1. */
  readonly column: number;
  /** Characters before it in the whole text. */
  readonly position: number;
  /** It is the XML that is not well-formed. */
  readonly isXml?: true;
}

/** A coloured part of a row's text, in UTF-16 units. */
export interface RowToken {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
}

export interface TextRow {
  readonly type: 'text';
  /** Number of the line, from 1. */
  readonly line: number;
  readonly continued: boolean;
  readonly text: string;
  readonly tokens: readonly RowToken[];
  readonly marks: readonly Mark[];
}

export interface JsonRow {
  readonly type: 'json';
  readonly node: number;
  readonly kind: JsonKind;
  /** `open` and `close` are a container's brackets; `folded` has both on one row. */
  readonly part: 'value' | 'open' | 'close' | 'folded' | 'empty';
  readonly depth: number;
  /** Where a value stands that a filter has found: it begins a part of its own. */
  readonly path: string | null;
  /** As written, quotation marks included; null in arrays and for roots. */
  readonly key: string | null;
  /** Position in the container, from 0. */
  readonly position: number;
  /** As written. */
  readonly text: string;
  /** Bytes of the value that `text` leaves out. */
  readonly clipped: number;
  /** How many values a container holds. */
  readonly size: number;
  /** More follow in the same container. */
  readonly comma: boolean;
  readonly keyMarks: readonly Mark[];
  readonly marks: readonly Mark[];
}

export interface XmlRow {
  readonly type: 'xml';
  readonly node: number;
  readonly part: 'value' | 'open' | 'folded';
  readonly depth: number;
  /** Position in the element, from 0. */
  readonly position: number;
  /** As written: a start tag, an element with its text, or anything else. */
  readonly text: string;
  readonly tokens: readonly RowToken[];
  readonly marks: readonly Mark[];
  /** Bytes that `text` leaves out. */
  readonly clipped: number;
  /** How many nodes an element holds. */
  readonly size: number;
}

export interface HexRow {
  readonly type: 'hex';
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** In bytes of the row. */
  readonly marks: readonly Mark[];
}

/** A row of a tree. */
export type NodeRow = JsonRow | XmlRow;
export type ViewRow = TextRow | NodeRow | HexRow;

export const isNodeRow = (row: ViewRow | undefined): row is NodeRow => row?.type === 'json' || row?.type === 'xml';

/** A body made ready to be looked at row by row. Rows are asked for as they come into sight; nothing is kept of them. */
export interface BodyView {
  /** Reads the body; resolves when all rows are known. */
  load(onState: (state: ViewState) => void): Promise<void>;
  /** Rows `from` to `to`, the last one not included; fewer at the end. */
  rows(from: number, to: number): Promise<readonly ViewRow[]>;
  /** Goes as far as the body is read, and on as it is read. null when a newer search took over. */
  find(query: Query, onProgress: (found: Found) => void): Promise<Found | null>;
  /** Makes a match the current one and returns its row; null when there is no such match. Opens what hides it. */
  goTo(match: number): Promise<number | null>;
}

/** A view whose rows are nodes of a tree. */
export interface FoldingView extends BodyView {
  /** Opens or closes what holds others. */
  toggle(node: number): void;
  /** Opens or closes everything; the roots stay open. */
  foldAll(folded: boolean): void;
  /** Where a node stands. */
  pathOf(node: number): string;
  /** A node as it was written. */
  textOf(node: number): string;
  /** XML: the namespace of an element's name; '' for none. */
  namespaceOf?(node: number): string;
}

export const isFolding = (view: BodyView): view is FoldingView => 'toggle' in view;
