import type { Chord } from './chord.ts';
import type { Point } from './page-agent/aim.ts';

/** The three steps of a mouse gesture. Coordinates are CSS pixels of the page's viewport. */
export type MouseStep = { readonly type: 'down' | 'move' | 'up' } & Point;

/** What the two browsers must be able to do with one page of the product; all the rest is shared. */
export interface Surface {
  /** What the page is called in messages. */
  readonly label: string;
  /** Evaluates an expression in the page, whatever its CSP; awaits it; gives its value through JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Gives the page the keyboard, as far as the browser's windows are concerned. */
  focus(): Promise<void>;
  mouse(steps: readonly MouseStep[]): Promise<void>;
  /** Presses and releases a chord on what has the focus; resolves when the page has handled it. */
  press(chord: Chord): Promise<void>;
  /** Inserts text at the caret, as input of the user. */
  insertText(text: string): Promise<void>;
  /** Puts text on the clipboard and pastes it at the caret. */
  paste(text: string): Promise<void>;
  screenshot(): Promise<Buffer>;
  errors(): Promise<string[]>;
}
