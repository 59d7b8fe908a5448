/** The copy of data that this version cannot read. */
export const rescue = {
  failed: (why: string) => `The copy could not be made: ${why}. The data are as they were.`,
} as const;
