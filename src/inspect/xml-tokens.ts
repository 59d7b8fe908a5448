import type { RowToken } from './body-view.ts';
import type { TokenKind } from './code-language.ts';
import { XmlKind } from './xml-scanner.ts';

/** A tag from `<` to the end of its name, and then its attributes; at last what ends it. */
const TAG = /<\/?[^\s/><]*|\/?>/g;
const ATTRIBUTE = /([^\s=/>"'<]+)(\s*=\s*)("[^"]*"?|'[^']*'?)/g;
const ENTITY = /&[^\s;&<]{1,64};/g;

/** The colours of a node as it is written: what is drawn of it is a start tag, a whole element with text, or anything else. */
export function xmlTokens(kind: XmlKind, text: string): RowToken[] {
  switch (kind) {
    case XmlKind.comment:
      return [{ start: 0, end: text.length, kind: 'comment' }];
    case XmlKind.instruction:
    case XmlKind.doctype:
      return [{ start: 0, end: text.length, kind: 'meta' }];
    case XmlKind.cdata:
      return text.endsWith(']]>')
        ? [
            { start: 0, end: 9, kind: 'meta' },
            { start: text.length - 3, end: text.length, kind: 'meta' },
          ]
        : [{ start: 0, end: 9, kind: 'meta' }];
    case XmlKind.text:
      return found(text, 0, ENTITY, 'literal');
    case XmlKind.element:
      return elementTokens(text);
  }
}

function elementTokens(text: string): RowToken[] {
  const headEnd = endOfTag(text);
  const tail = text.lastIndexOf('</');
  const contentEnd = tail >= headEnd ? tail : text.length;
  const attributes = attributesIn(text.slice(0, headEnd)).flatMap(({ start, nameEnd, valueStart, end }): RowToken[] => [
    { start, end: nameEnd, kind: 'attribute' },
    { start: valueStart, end, kind: 'string' },
  ]);
  const within = (at: number): boolean => attributes.some(({ start, end }) => at >= start && at < end);
  return [
    ...found(text.slice(0, headEnd), 0, TAG, 'tag').filter(({ start }) => !within(start)),
    ...attributes,
    ...found(text.slice(headEnd, contentEnd), headEnd, ENTITY, 'literal'),
    ...found(text.slice(contentEnd), contentEnd, TAG, 'tag'),
  ].sort((one, other) => one.start - other.start);
}

export interface XmlAttribute {
  readonly name: string;
  /** As it is written, without its quotation marks. */
  readonly value: string;
  readonly start: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly end: number;
}

/** The attributes of a start tag, in order. */
export function attributesIn(tag: string): XmlAttribute[] {
  const from = /^<[^\s/><]*/.exec(tag)?.[0].length ?? 0;
  return Array.from(
    tag.slice(from).matchAll(ATTRIBUTE),
    ({ 0: whole, 1: name = '', 2: equals = '', 3: value = '', index }) => {
      const start = from + index;
      const valueStart = start + name.length + equals.length;
      return {
        name,
        value: value.slice(1, value.length > 1 && value.endsWith(value[0] ?? '') ? -1 : undefined),
        start,
        nameEnd: start + name.length,
        valueStart,
        end: start + whole.length,
      };
    },
  );
}

/** Behind the tag with which a text begins; all of it when that does not end. */
export function endOfTag(text: string): number {
  let quote = '';
  for (let at = 1; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  return text.length;
}

function found(text: string, base: number, pattern: RegExp, kind: TokenKind): RowToken[] {
  return Array.from(text.matchAll(pattern), ({ 0: whole, index }) => ({
    start: base + index,
    end: base + index + whole.length,
    kind,
  }));
}
