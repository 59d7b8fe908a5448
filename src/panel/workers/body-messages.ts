import type { CodeLanguage } from '../../inspect/code-language.ts';
import type { Found, Query, ViewRow, ViewState } from '../../inspect/body-view.ts';
import type { Filtered, JsonLayout } from '../../inspect/json-view.ts';
import type { HelperOrder } from './helpers.ts';

/** Which view of which body. The Blob crosses to a worker as a reference: its bytes stay where they are. */
export type ViewSpec =
  | { readonly kind: 'text'; readonly blob: Blob; readonly charset: string; readonly columns: number }
  | {
      readonly kind: 'json';
      readonly blob: Blob;
      readonly charset: string;
      readonly layout: JsonLayout;
      readonly many: boolean;
    }
  | { readonly kind: 'xml'; readonly blob: Blob; readonly charset: string }
  | { readonly kind: 'hex'; readonly blob: Blob; readonly width: number };

/** What is asked of a node: where it stands, how it is written, and of XML in which namespace its name is. */
export type Described = 'path' | 'text' | 'namespace';

/** What is asked of an open view; `id` names the answer. */
export type ViewRequest =
  | { readonly op: 'open'; readonly spec: ViewSpec }
  | { readonly op: 'rows'; readonly id: number; readonly from: number; readonly to: number }
  | { readonly op: 'find'; readonly id: number; readonly query: Query }
  | { readonly op: 'go-to'; readonly id: number; readonly match: number }
  /** Text: null makes it plain. */
  | { readonly op: 'highlight'; readonly language: CodeLanguage | null }
  /** null: no filter. */
  | { readonly op: 'filter'; readonly id: number; readonly path: string | null }
  | { readonly op: 'describe'; readonly id: number; readonly node: number; readonly what: Described }
  | { readonly op: 'toggle'; readonly node: number }
  | { readonly op: 'fold-all'; readonly folded: boolean };

export type ViewReply =
  | { readonly op: 'state'; readonly state: ViewState }
  | { readonly op: 'rows'; readonly id: number; readonly rows: readonly ViewRow[] }
  | { readonly op: 'finding'; readonly id: number; readonly found: Found }
  | { readonly op: 'found'; readonly id: number; readonly found: Found | null }
  | { readonly op: 'row'; readonly id: number; readonly row: number | null }
  | { readonly op: 'filtered'; readonly id: number; readonly filtered: Filtered }
  | { readonly op: 'description'; readonly id: number; readonly text: string }
  /** `id` is null when the body itself could not be read. */
  | { readonly op: 'failed'; readonly id: number | null; readonly name: string; readonly message: string };

/** What comes from a view's worker. */
export type WorkerReply = ViewReply | HelperOrder;
