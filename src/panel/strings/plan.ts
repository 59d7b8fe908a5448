export const plan = {
  dropped: 'Not sent',
  rewritten: 'Changed',
  unsupported: 'Refused',
} as const;
