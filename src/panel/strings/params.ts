export const params = {
  table: 'Params',
  empty: 'Rows and the query of the URL stay in step: edit either.',
  lineBreak: 'A line break: it is sent as %0A.',
  fromSessionHint: 'Added to the query of every request of the session unless switched off here or set above.',
} as const;
