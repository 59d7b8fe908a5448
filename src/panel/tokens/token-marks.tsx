import type { RefObject } from 'preact';
import { useContext, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { findVariable, type VariableScope } from '../../variables/scopes.ts';
import { mayHoldTokens, parseTemplate, type Piece } from '../../variables/template.ts';
import { TokenContext } from './token-context.ts';

/** What a field in which tokens may be typed is known by. */
export const useTokenField = (): { 'data-tokens'?: '' } =>
  useContext(TokenContext) === null ? {} : { 'data-tokens': '' };

type Field = HTMLInputElement | HTMLTextAreaElement;

interface TokenMarksProps {
  field: RefObject<Field | null>;
  value: string;
}

/** Longer texts are not marked: they would have to be laid out twice. UTF-16 units. */
const MAX_LENGTH = 50_000;

/** Marks the tokens in a field: the same text once more, over it and invisible but for their background. */
export function TokenMarks(props: TokenMarksProps) {
  const scopes = useContext(TokenContext);
  if (scopes === null || props.value.length > MAX_LENGTH || !mayHoldTokens(props.value)) return null;
  const pieces = parseTemplate(props.value);
  if (pieces.every(({ kind }) => kind === 'text')) return null;
  return <Marks {...props} pieces={pieces} scopes={scopes} />;
}

/** What decides where a character stands. */
const COPIED = [
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'letter-spacing',
  'line-height',
  'tab-size',
  'text-indent',
  'padding-top',
  'padding-right',
  'padding-bottom',
  'padding-left',
  'border-top-width',
  'border-right-width',
  'border-bottom-width',
  'border-left-width',
];

function Marks({ field, value, pieces, scopes }: TokenMarksProps & MarksContent) {
  const anchor = `--tokens-${useId().replaceAll(/\W/g, '')}`;
  const layer = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = field.current;
    const own = layer.current;
    if (element === null || own === null) return undefined;
    element.style.setProperty('anchor-name', anchor);
    own.style.setProperty('position-anchor', anchor);
    const style = getComputedStyle(element);
    for (const property of COPIED) own.style.setProperty(property, style.getPropertyValue(property));
    if (element instanceof HTMLInputElement) own.style.lineHeight = `${element.clientHeight}px`;
    const follow = (): void => own.scrollTo(element.scrollLeft, element.scrollTop);
    follow();
    element.addEventListener('scroll', follow);
    return () => {
      element.removeEventListener('scroll', follow);
      element.style.removeProperty('anchor-name');
    };
  }, [field, anchor]);
  // Typing scrolls a field without an event in some cases.
  useLayoutEffect(() => layer.current?.scrollTo(field.current?.scrollLeft ?? 0, field.current?.scrollTop ?? 0));

  return (
    <div class="token-marks" aria-hidden="true" ref={layer}>
      {pieces.map((piece) => {
        const text = value.slice(piece.start, piece.end);
        if (piece.kind === 'text') return text;
        return (
          <mark key={piece.start} data-token={stateOf(piece, scopes)}>
            {text}
          </mark>
        );
      })}
      {'\n'}
    </div>
  );
}

interface MarksContent {
  readonly pieces: readonly Piece[];
  readonly scopes: readonly VariableScope[];
}

function stateOf(piece: Piece, scopes: readonly VariableScope[]): 'known' | 'unknown' | 'dynamic' {
  if (piece.kind !== 'variable') return 'dynamic';
  return findVariable(scopes, piece.name) === null ? 'unknown' : 'known';
}
