import { InvalidURL } from './errors.ts';

const ASCII = /^[\0-\x7f]*$/; // oxlint-disable-line no-control-regex -- ASCII holds the control characters
const MAX_LABEL = 63;
const STAND_IN = 'x';
/** WHATWG's forbidden domain code points. Chrome lets some through that come out of mapping: a space of U+00A0. */
const FORBIDDEN = /[^!-~]|[#%/:<>?@[\\\]^|]/;

/**
 * One label through the platform's own UTS-46 (non-transitional). For a label that IDNA2008 allows, in lower case,
 * UTS-46 changes nothing before Punycode, so the outcome is Requests'. Labels that Requests refuses and browsers take
 * (emoji, symbols, compatibility characters) come out as in browsers: a documented superset.
 *
 * One label at a time, because the platform judges a whole name otherwise: numbers would become an IPv4 address, and
 * one right-to-left label would put its rule (RFC 5893) on its neighbours. A stand-in last label keeps it from both.
 */
function labelToAscii(label: string): string {
  const encoded = new URL(`http://${label.toLowerCase()}.${STAND_IN}/`).hostname.slice(0, -STAND_IN.length - 1);
  const tooLong = encoded.split('.').some((part) => part.length > MAX_LABEL);
  if (encoded === '' || tooLong || FORBIDDEN.test(encoded)) throw new RangeError(label);
  return encoded;
}

/**
 * The host in ASCII and lower case: labels of other scripts become `xn--` labels. ASCII labels pass unexamined.
 * Throws InvalidURL for a label that no IDNA rule allows.
 */
export function hostToAscii(host: string): string {
  if (ASCII.test(host)) return host.toLowerCase();
  try {
    return host
      .split('.')
      .map((label) => (ASCII.test(label) ? label.toLowerCase() : labelToAscii(label)))
      .join('.');
  } catch (cause) {
    throw new InvalidURL('URL has an invalid label.', { cause });
  }
}
