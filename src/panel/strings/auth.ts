export const auth = {
  type: 'Auth type',
  types: {
    inherit: 'From the session',
    none: 'None',
    basic: 'Basic',
    digest: 'Digest',
    bearer: 'Bearer',
    custom: 'Custom header',
  },
  none: 'No credentials, not even the session’s: a user:password@ in the URL still counts.',
  inherits: (session: string, type: string, who: string) =>
    `The session “${session}” gives its own: ${type}${who === '' ? '' : `, ${who}`}.`,
  inheritsNothing: (session: string) =>
    `The session${session === '' ? '' : ` “${session}”`} has no credentials to give: a user:password@ in the URL still counts.`,
  username: 'Username',
  password: 'Password',
  token: 'Token',
  headerName: 'Header name',
  headerValue: 'Header value',
  show: (what: string) => `Show ${what.toLowerCase()}`,
  hide: (what: string) => `Hide ${what.toLowerCase()}`,
  notes: {
    basic: 'Sent with the first request as Authorization: Basic.',
    digest: 'Sent after the server has asked with 401; the challenge shows as a hop of its own.',
    bearer: 'Sent as Authorization: Bearer, followed by the token.',
    custom: 'Sent as a field of its own, on redirects to other hosts too.',
  },
} as const;
