/** Encodings of one byte a character that platforms alias or get wrong; the rest is left to TextDecoder. */

const UNDEFINED = '\ufffd';
/** Bytes 0x80–0x9F of windows-1252; five have no meaning. */
const WINDOWS_1252_80_9F = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

type Table = Uint16Array;

function identity(): Table {
  return Uint16Array.from({ length: 256 }, (_, byte) => byte);
}

function overlay(text: string, from: number): Table {
  const table = identity();
  table.set(
    Array.from(text, (character) => character.charCodeAt(0)),
    from,
  );
  return table;
}

/** The upper half of a Windows code page over ISO's control characters: what ISO 8859 says, and browsers do not. */
function isoFrom(windowsLabel: string): Table {
  const upper = Uint8Array.from({ length: 96 }, (_, i) => 0xa0 + i);
  return overlay(new TextDecoder(windowsLabel).decode(upper), 0xa0);
}

/** A Windows code page. It has no C1 controls: where browsers put them, and Node does not, a byte has no meaning. */
function windowsTable(page: string): Table {
  const text = new TextDecoder(`windows-${page}`).decode(Uint8Array.from(identity()));
  return overlay(text.replaceAll(/[\x80-\x9f]/g, UNDEFINED), 0);
}

const LATIN1 = [
  'iso88591',
  'latin1',
  'latin',
  'l1',
  '8859',
  'cp819',
  'ibm819',
  'csisolatin1',
  'isoir100',
  'iso885911987',
];
const ASCII = [
  'ascii',
  'usascii',
  '646',
  'us',
  'ansix341968',
  'ansix341986',
  'cp367',
  'ibm367',
  'iso646us',
  'isoir6',
  'csascii',
];

const MAKERS: readonly (readonly [names: readonly string[], make: () => Table])[] = [
  [LATIN1, identity],
  [ASCII, () => overlay(UNDEFINED.repeat(128), 0x80)],
  [['windows1252', 'cp1252', '1252'], () => overlay(WINDOWS_1252_80_9F, 0x80)],
  [['iso88599', 'latin5', 'l5'], () => isoFrom('windows-1254')],
  [['iso885911', 'tis620', 'thai'], () => isoFrom('windows-874')],
];

const WINDOWS = /^(?:windows|cp)?(125[0-8]|874)$/;

function makerOf(name: string): (() => Table) | null {
  const own = MAKERS.find(([names]) => names.includes(name))?.[1];
  const page = WINDOWS.exec(name)?.[1];
  return own ?? (page === undefined ? null : () => windowsTable(page));
}

const made = new Map<string, Table>();

/** Characters by byte; null for any other encoding. `name` is in lower case and without separators. */
export function singleByteTable(name: string): Table | null {
  const table = made.get(name) ?? makerOf(name)?.() ?? null;
  if (table !== null) made.set(name, table);
  return table;
}
