export const requestTabs = {
  list: 'Requests',
  untitled: 'New request',
  unsaved: 'Unsaved changes',
  open: 'New request',
  close: 'Close request',
  closeHint: 'Close this request (Delete on its tab); it can be reopened',
  reopen: 'Reopen closed request',
  reopenHint: 'Open the request again that was closed last',
  undo: 'Undo',
  undoHint: (key: string) => `Undo the last change of this request (${key})`,
  redo: 'Redo',
  redoHint: (key: string) => `Make the change again (${key})`,
} as const;
