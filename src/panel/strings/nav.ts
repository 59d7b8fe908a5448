export const nav = {
  lists: 'Lists',
  open: 'Open the lists',
  close: 'Close the lists',
  collapse: 'Hide the lists',
  splitter: 'Resize the lists',
} as const;
