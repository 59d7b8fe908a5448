import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { maskRawHttp } from '../../inspect/secrets.ts';
import { MASK, maskField, maskText, maskUrl } from '../../model/secrets.ts';

interface Secrets {
  /** The person has asked to see them. */
  readonly shown: boolean;
  /** Names that are secret besides the known ones. */
  readonly marked: readonly string[];
}

/** Whether secrets are to be seen in the lists and on the response side. Nobody having said so, they are not. */
export const SecretsContext = createContext<Secrets>({ shown: false, marked: [] });

/** Shows or hides what may be secret, on screen and in what is copied, as the person has chosen. */
export interface SecretMask {
  field(name: string, value: string): string;
  url(url: string): string;
  /** A message or its head, as HTTP/1.1 writes it. */
  raw(text: string): string;
  /** A value that is a credential whatever its name: a cookie's. */
  value(value: string): string;
  /** Text that may hold tokens and URLs. */
  text(text: string): string;
}

const open: SecretMask = {
  field: (_name, value) => value,
  url: (url) => url,
  raw: (text) => text,
  value: (value) => value,
  text: (text) => text,
};

export function useSecretMask(): SecretMask {
  const { shown, marked } = useContext(SecretsContext);
  if (shown) return open;
  return {
    field: (name, value) => maskField(name, value, marked),
    url: (url) => maskUrl(url, marked),
    raw: (text) => maskRawHttp(text, marked),
    value: (value) => (value === '' ? '' : MASK),
    text: (text) => maskText(text, marked),
  };
}
