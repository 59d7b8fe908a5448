/** Words of `batches` that stand in the panel before that part is loaded. */
export const batchesStart = {
  run: 'Run as batch…',
  runHint: 'Send the selected requests as a batch: in order or several at a time, with one table of results',
  view: 'Batch',
  nothing: 'None of the selected requests can be sent again: their bodies are not known, or they are WebSockets.',
  noRequests: 'There is no request in what is selected.',
  leftOut: (count: number) =>
    count === 1
      ? '1 request was left out: its body is not known, or it is a WebSocket.'
      : `${count} requests were left out: their bodies are not known, or they are WebSockets.`,
  leftOutSaved: (count: number, name: string | null, why: string | null) => {
    const reason = name === null ? 'it cannot be read' : `“${name}”: ${why}`;
    return count === 1 ? `1 request was left out: ${reason}` : `${count} requests were left out; the first: ${reason}`;
  },
  storage: 'Batches cannot be kept here.',
  titles: {
    captured: (count: string) => `${count} captured`,
    history: (count: string) => `${count} from history`,
    collection: (folder: string | null, count: string) => folder ?? `${count} from collections`,
  },
  title: 'Batches',
  hint: 'Many requests at once: lists that were sent, or are to be sent',
  loading: 'Loading…',
  vary: {
    title: (request: string) => `Vary ${request}`,
    view: 'Vary',
    mark: 'Mark as position',
    markHint: 'Put § around the selected text: values take its place when the request is varied',
    open: 'Vary…',
    openHint: 'Send this request many times, with values in the place of what is marked by §',
  },
} as const;
