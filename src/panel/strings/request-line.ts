export const requestLine = {
  group: 'Request line',
  method: 'Method',
  methodList: 'Methods',
  methodHint: 'Pick a method, or type any other',
  url: 'URL',
  urlPlaceholder: 'https://example.org/path?name=value',
  send: 'Send',
  sendHint: (key: string) => `Send the request (${key})`,
  cancel: 'Cancel',
  cancelHint: 'Cancel the request (Esc)',
  access: (origin: string) => `The browser withholds access to ${origin}: the request cannot be sent.`,
  askAccess: 'Ask for access',
} as const;
