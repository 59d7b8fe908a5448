import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { jsonLineTokens } from '../../inspect/json-line-tokens.ts';
import { replaceTokens } from '../../variables/template.ts';
import './json-colours.css';

interface JsonColoursProps {
  field: RefObject<HTMLTextAreaElement | null>;
  value: string;
}

/** A longer text stays plain, and so does the part of a line that lies behind this column. UTF-16 units. */
const MAX_LENGTH = 1_000_000;
const MAX_COLUMNS = 10_000;

/** Lines drawn above and below those in sight, so that a quick scroll meets no gap; the view moves in steps of it. */
const STEP = 32;

/** What a browser may lay out otherwise than as a plain character: rarer than to be worth a guess. */
// oxlint-disable-next-line no-control-regex -- these are the ones
const ODD = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]/;

/**
 * Colours the JSON in a text area: its text is made invisible and stands once more over it, line by line, with colours. The
 * text area keeps all else: caret, selection, undo, scrolling. Only the lines in sight are there, so that it costs the same
 * whatever the length. Its parent must be `.coloured-editor`.
 */
export function JsonColours({ field, value }: JsonColoursProps) {
  if (value === '' || value.length > MAX_LENGTH || ODD.test(value)) return null;
  return <Colours field={field} value={value} />;
}

/** What is in sight. */
interface View {
  readonly first: number;
  readonly last: number;
  readonly columns: number;
  readonly lineHeight: number;
}

/** What decides where a character stands. */
const COPIED = ['font-family', 'font-size', 'font-weight', 'letter-spacing', 'line-height', 'tab-size'];

function Colours({ field, value }: JsonColoursProps) {
  const layer = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View | null>(null);
  const isComposing = useComposing(field);
  // As a text area has them.
  const text = useMemo(() => value.replaceAll(/\r\n?/g, '\n'), [value]);
  const starts = useMemo(() => lineStarts(text), [text]);

  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return undefined;
    const look = (): void => {
      setView((before) => same(before, viewOf(area)));
      if (layer.current !== null) follow(layer.current, area);
    };
    look();
    // Its content becomes smaller where a scroll bar comes.
    const observer = new ResizeObserver(look);
    observer.observe(area);
    area.addEventListener('scroll', look);
    return () => {
      observer.disconnect();
      area.removeEventListener('scroll', look);
    };
  }, [field]);
  // Typing scrolls a field without an event in some cases.
  useLayoutEffect(() => {
    if (layer.current !== null && field.current !== null) follow(layer.current, field.current);
  });

  if (view === null || isComposing || view.columns > MAX_COLUMNS) return null;
  const { first, columns, lineHeight } = view;
  const last = Math.min(view.last, starts.length);
  return (
    <div class="json-colours" aria-hidden="true" ref={layer}>
      <div class="json-colours-lines" style={{ paddingTop: `${first * lineHeight}px` }}>
        {starts.slice(first, last).map((start, index) => {
          const end = (starts[first + index + 1] ?? text.length + 1) - 1;
          return (
            <div key={first + index} style={{ height: `${lineHeight}px` }}>
              <Line text={text.slice(start, Math.min(end, start + columns))} next={text.slice(end, end + 80)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** @param next what follows the line: the colon behind a key may stand there */
function Line({ text, next }: { text: string; next: string }) {
  return useMemo(() => {
    // A token may stand for anything; digits of its length are right in a string and outside.
    const json = replaceTokens(text, (written) => '1'.repeat(written.length));
    const parts = [];
    let at = 0;
    for (const { start, end, kind } of jsonLineTokens(json + next, 0, json.length)) {
      parts.push(text.slice(at, start), <span data-token={kind}>{text.slice(start, end)}</span>);
      at = end;
    }
    return [...parts, text.slice(at)];
  }, [text, next]);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function viewOf(area: HTMLTextAreaElement): View | null {
  const { lineHeight: height, fontSize } = getComputedStyle(area);
  const lineHeight = Number.parseFloat(height);
  // A character of a monospaced font is more than half as wide as it is high.
  const columns = ((area.scrollLeft + area.clientWidth) / Number.parseFloat(fontSize)) * 2;
  if (!(lineHeight > 0) || !Number.isFinite(columns)) return null;
  const first = Math.floor(area.scrollTop / lineHeight / STEP - 1) * STEP;
  const last = Math.ceil((area.scrollTop + area.clientHeight) / lineHeight / STEP + 1) * STEP;
  return { first: Math.max(0, first), last, columns: Math.ceil(columns / 256 + 1) * 256, lineHeight };
}

/** The one before where nothing has changed, so that nothing is drawn again. */
function same(before: View | null, after: View | null): View | null {
  const keys = ['first', 'last', 'columns', 'lineHeight'] as const;
  return before !== null && after !== null && keys.every((key) => before[key] === after[key]) ? before : after;
}

/** Puts the layer over the text of the area: not over its scroll bars, and as far scrolled. */
function follow(layer: HTMLElement, area: HTMLTextAreaElement): void {
  const style = getComputedStyle(area);
  for (const property of COPIED) layer.style.setProperty(property, style.getPropertyValue(property));
  layer.style.width = `${area.clientWidth}px`;
  layer.style.height = `${area.clientHeight}px`;
  const lines = layer.firstElementChild;
  if (!(lines instanceof HTMLElement)) return;
  lines.style.transform = `translate(${Number.parseFloat(style.paddingLeft) - area.scrollLeft}px, ${
    Number.parseFloat(style.paddingTop) - area.scrollTop
  }px)`;
}

/** While an input method is at work its own marks must be seen, so the text area shows its text itself. */
function useComposing(field: RefObject<HTMLTextAreaElement | null>): boolean {
  const [isComposing, setComposing] = useState(false);
  useEffect(() => {
    const area = field.current;
    if (area === null) return undefined;
    const begin = (): void => setComposing(true);
    const end = (): void => setComposing(false);
    area.addEventListener('compositionstart', begin);
    area.addEventListener('compositionend', end);
    return () => {
      area.removeEventListener('compositionstart', begin);
      area.removeEventListener('compositionend', end);
    };
  }, [field]);
  return isComposing;
}
