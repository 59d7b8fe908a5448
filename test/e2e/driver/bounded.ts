/** Default bound of an action or a wait in the page. */
export const ACTION_TIMEOUT = 10_000;
/** How much longer than the page the driver waits for the page's own answer, which tells more. */
export const GRACE = 5000;

/** The promise's result, or an error that names what took longer than `ms`. */
export async function bounded<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, bound]);
  } finally {
    clearTimeout(timer);
  }
}
