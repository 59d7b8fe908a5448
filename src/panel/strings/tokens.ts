export const tokens = {
  list: 'Variables',
  dynamic: 'new each time',
  fresh: 'new each time it is sent',
  unknown: 'has no value',
  empty: '(empty)',
} as const;
