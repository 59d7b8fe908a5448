/** Words of long work in a worker. */
export const job = {
  progress: 'Progress',
  of: (done: string, total: string) => `${done} of ${total}`,
} as const;
