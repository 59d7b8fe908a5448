export const headers = {
  table: 'Headers',
  defaults: 'Default fields',
  defaultsHint: 'Sent with every request unless switched off here or set above.',
  fromSessionHint: 'Sent with every request of the session unless switched off here or set above.',
  setBySession: 'set by the session',
  offBySession: 'left out by the session',
  setAbove: 'set above',
  onceOnly: 'Asks about a state, or for a part: the answer may be 304, 206 or 412.',
  off: 'not sent',
  lineBreak: 'A header field cannot hold a line break: remove it, or the request is refused.',
} as const;
