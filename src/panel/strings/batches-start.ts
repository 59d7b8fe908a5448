/** Words of `batches` that stand in the panel before that part is loaded. */
export const batchesStart = {
  run: 'Run as batch…',
  runHint: 'Send the selected requests as a batch: in order or several at a time, with one table of results',
  view: 'Batch',
  storage: 'Batches cannot be kept here.',
  title: 'Batches',
  hint: 'Many requests at once: lists that were sent, or are to be sent',
  loading: 'Loading…',
  vary: {
    mark: 'Mark as position',
    markHint: 'Put § around the selected text: values take its place when the request is varied',
    open: 'Vary…',
    openHint: 'Send this request many times, with values in the place of what is marked by §',
  },
} as const;
