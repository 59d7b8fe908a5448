export const tabs = {
  request: 'Request',
  params: 'Params',
  headers: 'Headers',
  body: 'Body',
  auth: 'Auth',
  options: 'Options',
  variables: 'Variables',
  notes: (count: number) => (count === 1 ? '1 note from the browser' : `${count} notes from the browser`),
} as const;
