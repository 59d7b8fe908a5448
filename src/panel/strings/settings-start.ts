/** Words of `settings` that stand in the panel before that part is loaded. */
export const settingsStart = {
  title: 'Settings',
} as const;
