import type { Parser } from '@lezer/common';
import { parser as css } from '@lezer/css';
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { configureNesting, parser as html } from '@lezer/html';
import { parser as javascript } from '@lezer/javascript';
import { parser as json } from '@lezer/json';
import { parser as xml } from '@lezer/xml';
import { tokenKinds, type CodeLanguage, type CodeTokens, type TokenKind } from './code-language.ts';
import { Utf8Walker } from './utf8-walker.ts';

const parsers: Readonly<Record<CodeLanguage, Parser>> = {
  html: html.configure({
    wrap: configureNesting(
      [
        { tag: 'script', attrs: ({ type = '' }) => /^$|javascript|^module$/i.test(type), parser: javascript },
        { tag: 'script', attrs: ({ type = '' }) => /json|importmap/i.test(type), parser: json },
        { tag: 'style', parser: css },
      ],
      [{ name: 'style', parser: css.configure({ top: 'Styles' }) }],
    ),
  }),
  xml,
  css,
  javascript,
  json,
};

const kind = (name: TokenKind): TokenKind => name;

/** The first that fits counts, and a tag fits all that are made from it. */
const highlighter = tagHighlighter([
  { tag: tags.comment, class: kind('comment') },
  { tag: [tags.propertyName, tags.attributeName], class: kind('attribute') },
  { tag: [tags.tagName, tags.angleBracket], class: kind('tag') },
  { tag: [tags.className, tags.typeName, tags.namespace, tags.labelName], class: kind('name') },
  { tag: [tags.string, tags.regexp, tags.attributeValue, tags.color], class: kind('string') },
  { tag: tags.number, class: kind('number') },
  { tag: [tags.bool, tags.null, tags.atom, tags.character, tags.escape], class: kind('literal') },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self], class: kind('keyword') },
  { tag: [tags.processingInstruction, tags.documentMeta, tags.meta], class: kind('meta') },
]);

/**
 * The tokens of a piece of code that have a colour. Code that is wrong has tokens too.
 * @param bytes UTF-8; offsets of tokens count these bytes
 */
export function highlight(bytes: Uint8Array, language: CodeLanguage): CodeTokens {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const walker = new Utf8Walker(bytes, text.length);
  const starts: number[] = [];
  const ends: number[] = [];
  const kinds: number[] = [];
  highlightTree(parsers[language].parse(text), highlighter, (from, to, classes) => {
    starts.push(walker.offsetOf(from));
    ends.push(walker.offsetOf(to));
    kinds.push(tokenKinds.findIndex((name) => classes.startsWith(name)));
  });
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), kinds: Uint8Array.from(kinds) };
}
