/** Retry-After (RFC 9110 §10.2.3), read as leniently as urllib3 does with `email.utils.parsedate_tz`. */
import { InvalidHeader } from '../errors.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** Zone names of RFC 5322 §4.3, as signed hhmm. */
const ZONES: Readonly<Record<string, number>> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  AST: -400,
  ADT: -300,
  EST: -500,
  EDT: -400,
  CST: -600,
  CDT: -500,
  MST: -700,
  MDT: -600,
  PST: -800,
  PDT: -700,
};

/**
 * Milliseconds to wait, counted from `now` for a date; never negative.
 * @throws InvalidHeader when it is neither whole seconds nor a date.
 */
export function parseRetryAfter(value: string, now: number): number {
  if (/^\s*[0-9]+\s*$/.test(value)) return Number(value) * 1000;
  const date = parseMailDate(value);
  if (date === null) throw new InvalidHeader(`Invalid Retry-After header: ${value}`);
  return Math.max(0, date - now);
}

/** Milliseconds since the epoch of an RFC 5322, RFC 850 or asctime date; null when it is none of them. */
function parseMailDate(value: string): number | null {
  const words = splitDate(value);
  if (words === null) return null;
  let [day, month, year, time, zone] = words;
  if (day === '' || month === '' || year === '') return null;
  if (monthNumber(month) === -1) [day, month] = [month, day];
  const monthIndex = monthNumber(month);
  if (monthIndex === -1) return null;
  // asctime puts the year last: what holds a colon is the time.
  if (year.indexOf(':') > 0) [year, time] = [time, year];
  if (!/^\d/.test(year)) [year, zone] = [zone, year];
  const clock = readClock(withoutComma(time));
  const numbers = [withoutComma(day), withoutComma(year)].map(readInteger);
  const [dayNumber, yearNumber] = numbers;
  if (clock === null || dayNumber === undefined || yearNumber === undefined) return null;
  if (Number.isNaN(dayNumber) || Number.isNaN(yearNumber)) return null;
  const at = Date.UTC(fullYear(yearNumber), monthIndex, dayNumber, ...clock);
  return Number.isNaN(at) ? null : at - zoneOffset(zone);
}

/** Day, month, year, time and zone in the order in which they stand; null when there are too few. */
function splitDate(value: string): [string, string, string, string, string] | null {
  let words = value.split(/\s+/).filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return null;
  if (first.endsWith(',') || WEEKDAYS.has(first.toLowerCase())) words = words.slice(1);
  else words[0] = first.slice(first.lastIndexOf(',') + 1);
  if (words.length === 3) {
    const dashed = (words[0] ?? '').split('-');
    if (dashed.length === 3) words = [...dashed, ...words.slice(1)];
  }
  if (words.length === 4) {
    const last = words[3] ?? '';
    const sign = last.search(/[+-]/);
    words = sign > 0 ? [...words.slice(0, 3), last.slice(0, sign), last.slice(sign)] : [...words, ''];
  }
  const [day, month, year, time, zone] = words;
  if (day === undefined || month === undefined || year === undefined || time === undefined || zone === undefined)
    return null;
  return [day, month, year, time, zone];
}

function monthNumber(word: string): number {
  const lower = word.toLowerCase();
  const short = MONTHS.indexOf(lower);
  return short === -1 ? LONG_MONTHS.indexOf(lower) : short;
}

function withoutComma(word: string): string {
  return word.endsWith(',') ? word.slice(0, -1) : word;
}

function readInteger(word: string): number {
  return /^[+-]?\d+$/.test(word) ? Number(word) : Number.NaN;
}

function readClock(time: string): [number, number, number] | null {
  let parts = time.split(':');
  if (parts.length === 1) parts = time.includes('.') ? time.split('.') : [];
  if (parts.length < 2 || parts.length > 3) return null;
  const [hours = 0, minutes = 0, seconds = 0] = parts.map(readInteger);
  return Number.isNaN(hours + minutes + seconds) ? null : [hours, minutes, seconds];
}

/** Two digits stand for 1969 to 2068 (POSIX). */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year > 68 ? year + 1900 : year + 2000;
}

/** Milliseconds east of UTC; an unknown zone counts as UTC. */
function zoneOffset(zone: string): number {
  const named = ZONES[zone.toUpperCase()] ?? readInteger(zone);
  if (Number.isNaN(named)) return 0;
  const amount = Math.abs(named);
  return Math.sign(named) * (Math.floor(amount / 100) * 60 + (amount % 100)) * 60_000;
}
