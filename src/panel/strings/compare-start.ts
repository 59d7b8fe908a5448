/** Words of `compare` that stand in the panel before that part is loaded. */
export const compareStart = {
  withOther: 'Compare with…',
  withOtherHint: 'Compare this body with any other: captured, of the history, a file or a pasted text',
  identical: 'Identical on the wire',
  unproven: 'The captured body was not known byte by byte: whether it is the same is not proven.',
  differences: (count: number) => (count === 1 ? '1 difference' : `${count} differences`),
  bodyUnknown: {
    before: 'The original’s body is not known exactly.',
    after: 'The browser hides the body of a redirect.',
  },
  same: 'The same response',
  changes: (count: number) => (count === 1 ? '1 change' : `${count} changes`),
  notSent: 'Nothing was seen going out: there is nothing to compare.',
  running: 'Replaying…',
  response: 'Response changes',
  fidelity: 'Fidelity',
} as const;
