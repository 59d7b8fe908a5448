import type { CodeLanguage, CodeTokens } from '../../inspect/code-language.ts';

export interface HighlightRequest {
  /** UTF-8. */
  readonly blob: Blob;
  readonly language: CodeLanguage;
}

/** null when the code could not be read. */
export type HighlightReply = CodeTokens | null;
