export const access = {
  title: (host: string) => `Let Request Workbench reach ${host}?`,
  why: 'The browser withholds access to this host. Without it nothing can be sent there, and nothing was.',
  allow: (host: string) => `Allow access to ${host}`,
  notNow: 'Not now',
  refused: 'Access was not granted. You can allow it here again, or in the browser’s extension settings.',
  noUrl: 'No host was named. Open this page from the Workbench panel.',
} as const;
