import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Where dynamic variables get from what is new each time. */
export interface DynamicSource {
  uuid(): string;
  now(): Date;
  /** A whole number, both ends included. */
  randomInt(from: number, to: number): number;
  /** What the user answers. */
  prompt(label: string): string;
}

/** The argument cannot be used. */
export class ArgumentError extends Error {}

const encoder = new TextEncoder();

/** Half a character has no UTF-8. */
const LONE_SURROGATE = /\p{Cs}/gu;

const dynamics: Readonly<Record<string, (argument: string, source: DynamicSource) => string>> = {
  uuid: (_argument, source) => source.uuid(),
  timestamp: (_argument, source) => String(Math.floor(source.now().getTime() / 1000)),
  isoTimestamp: (_argument, source) => source.now().toISOString(),
  randomInt(argument, source) {
    const [from, to] = bounds(argument);
    return String(source.randomInt(from, to));
  },
  base64: (argument) => base64(encoder.encode(argument)),
  sha256: (argument) => bytesToHex(sha256(encoder.encode(argument))),
  urlEncode: (argument) => encodeURIComponent(argument.replace(LONE_SURROGATE, '\uFFFD')),
  prompt: (argument, source) => source.prompt(argument.trim()),
};

/**
 * What a dynamic variable stands for this time.
 * @returns null when there is none of that name
 * @throws ArgumentError
 */
export function dynamicValue(name: string, argument: string, source: DynamicSource): string | null {
  return Object.hasOwn(dynamics, name) ? (dynamics[name]?.(argument, source) ?? null) : null;
}

const INTEGER = /^[+-]?\d{1,15}$/;

/** `from to`, both included; without them 0 to 1000. */
function bounds(argument: string): [number, number] {
  const words = argument.trim().split(/\s+/);
  if (words.length === 1 && words[0] === '') return [0, 1000];
  const [from, to] = words.map(Number);
  if (words.length !== 2 || !words.every((word) => INTEGER.test(word))) throw new ArgumentError();
  if (from === undefined || to === undefined || from > to) throw new ArgumentError();
  return [from, to];
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Numbers and ids that cannot be foreseen; the time is that of this call for all who ask. */
export function liveSource(answers: ReadonlyMap<string, string>, now = new Date()): DynamicSource {
  return {
    uuid: () => crypto.randomUUID(),
    now: () => now,
    randomInt,
    prompt: (label) => answers.get(label) ?? '',
  };
}

/** Without bias: a draw from above the last whole multiple of the range is drawn again. */
function randomInt(from: number, to: number): number {
  const size = BigInt(to) - BigInt(from) + 1n;
  const end = 2n ** 64n - (2n ** 64n % size);
  for (;;) {
    const drawn = crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
    if (drawn < end) return Number(BigInt(from) + (drawn % size));
  }
}

/** The same every time, for looking ahead; remembers what would be asked. */
export function sampleSource(answer: (label: string) => string): DynamicSource & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    uuid: () => '00000000-0000-4000-8000-000000000000',
    now: () => new Date(0),
    randomInt: (from) => from,
    prompt(label) {
      if (!asked.includes(label)) asked.push(label);
      return answer(label);
    },
  };
}
