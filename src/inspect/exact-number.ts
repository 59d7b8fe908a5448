/** A JSON number taken apart without loss: `minus` digits × 10^power. Zero has no digits and no sign. */
export interface Decimal {
  readonly minus: boolean;
  /** Without leading and trailing zeros. */
  readonly digits: string;
  readonly power: bigint;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** @returns null when the text is no JSON number */
export function decimalOf(written: string): Decimal | null {
  const [matched, minus = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(written) ?? [];
  if (matched === undefined) return null;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = trimZeros(digits);
  if (kept === '') return { minus: false, digits: '', power: 0n };
  return {
    minus: minus === '-',
    digits: kept,
    power: BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length),
  };
}

/** Not by a pattern: one that looks for the end tries again at every zero. */
function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/** Up to so many characters and without an exponent, a double tells any two numbers apart. */
const SHORT = 15;

/** The order of two JSON numbers by their exact values, however many digits they have. @returns below, at or above 0 */
export function compareNumbers(a: string, b: string): number {
  if (isShort(a) && isShort(b)) return Number(a) - Number(b);
  const left = decimalOf(a);
  const right = decimalOf(b);
  if (left === null || right === null) return Number(a) - Number(b);
  if (left.digits === '' || right.digits === '' || left.minus !== right.minus) return signOf(left) - signOf(right);
  return signOf(left) * compareMagnitudes(left, right);
}

function isShort(text: string): boolean {
  return text.length <= SHORT && !/[eE]/.test(text);
}

function signOf({ digits, minus }: Decimal): number {
  if (digits === '') return 0;
  return minus ? -1 : 1;
}

function compareMagnitudes(left: Decimal, right: Decimal): number {
  const leftTop = left.power + BigInt(left.digits.length);
  const rightTop = right.power + BigInt(right.digits.length);
  if (leftTop !== rightTop) return leftTop < rightTop ? -1 : 1;
  if (left.digits === right.digits) return 0;
  return left.digits < right.digits ? -1 : 1;
}
