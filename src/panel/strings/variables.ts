export const variables = {
  requestScope: 'Request',
  requestTitle: 'Variables of this request',
  requestHint: 'They count for this request alone, before those of the environment.',
  problems: {
    unresolved: (variable: string, place: string) => `The variable ${variable} has no value. It stands in ${place}.`,
    cyclic: (variable: string, place: string, round: string) =>
      `The variable ${variable} needs itself: ${round}. It stands in ${place}.`,
    'unknown-dynamic': (variable: string, place: string) => `There is no {{${variable}}}. It stands in ${place}.`,
    argument: (variable: string, place: string) =>
      `{{${variable}}} needs two whole numbers, the smaller one first, like {{${variable} 1 6}}. It stands in ${place}.`,
    'too-large': (variable: string, place: string) =>
      `The variable ${variable} becomes too large, or needs too many others. It stands in ${place}.`,
  },
  throughOthers: (place: string, trail: string) => `${place}, by way of ${trail}`,
  places: {
    method: 'the method',
    url: 'the URL',
    header: (name: string) => `the header ${name}`,
    body: 'the body',
    field: (name: string) => `the body, field ${name}`,
    auth: (label: string) => `Auth, ${label}`,
    option: (label: string) => `Options, ${label}`,
    session: 'the session',
  },
  promptTitle: 'Before sending',
  promptHint: 'The request asks for this each time it is sent.',
  promptUnnamed: 'Value',
  promptSend: 'Send',
  promptCancel: 'Cancel',
} as const;
