const size = 624;
const shift = 397;

/**
 * The generator behind Python's `random` (MT19937: Matsumoto and Nishimura, 1998), so that a seed gives the same bytes
 * here as at httpbin.
 */
export class PythonRandom {
  readonly #state = new Uint32Array(size);
  #at = size;

  /** Seeds like `random.seed(n)`: the sign is dropped, the magnitude is the key in words of 32 bits. */
  constructor(seed: bigint) {
    const key: number[] = [];
    for (let rest = seed < 0n ? -seed : seed; rest > 0n; rest >>= 32n) key.push(Number(rest & 0xffff_ffffn));
    this.#seedByArray(key.length === 0 ? [0] : key);
  }

  /** `random.randint(0, 255)`: 9 bits are drawn until they make less than 256. */
  byte(): number {
    for (;;) {
      const drawn = this.#next() >>> 23;
      if (drawn < 256) return drawn;
    }
  }

  #seedByArray(key: readonly number[]): void {
    const state = this.#state;
    const get = (at: number) => state[at] ?? 0;
    state[0] = 19_650_218;
    for (let i = 1; i < size; i += 1) state[i] = Math.imul(1_812_433_253, get(i - 1) ^ (get(i - 1) >>> 30)) + i;
    let i = 1;
    const step = (factor: number, plus: number) => {
      state[i] = (get(i) ^ Math.imul(get(i - 1) ^ (get(i - 1) >>> 30), factor)) + plus;
      i += 1;
      if (i < size) return;
      state[0] = get(size - 1);
      i = 1;
    };
    for (let k = 0; k < Math.max(size, key.length); k += 1) {
      const j = k % key.length;
      step(1_664_525, (key[j] ?? 0) + j);
    }
    for (let k = 1; k < size; k += 1) step(1_566_083_941, -i);
    state[0] = 0x8000_0000;
  }

  #next(): number {
    if (this.#at === size) this.#twist();
    let word = this.#state[this.#at] ?? 0;
    this.#at += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c_5680;
    word ^= (word << 15) & 0xefc6_0000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    const get = (at: number) => state[at % size] ?? 0;
    for (let i = 0; i < size; i += 1) {
      const word = (get(i) & 0x8000_0000) | (get(i + 1) & 0x7fff_ffff);
      state[i] = get(i + shift) ^ (word >>> 1) ^ (word & 1 ? 0x9908_b0df : 0);
    }
    this.#at = 0;
  }
}
