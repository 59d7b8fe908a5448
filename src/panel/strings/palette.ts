export const palette = {
  title: 'Go to request or action',
  hint: (key: string) => `Go to any request or action by its name (${key})`,
  placeholder: 'A request or an action',
  list: 'Requests and actions',
  none: 'Nothing of that name.',
  kinds: { action: 'Action:', tab: 'Open:', saved: 'Saved:', history: 'Sent:' },
  show: (list: string, tab: string) => `${list}: ${tab}`,
} as const;
