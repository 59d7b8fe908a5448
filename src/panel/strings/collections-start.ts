/** Words of `collections` that stand in the panel before that part is loaded. */
export const collectionsStart = {
  saveFailed: 'Not saved: the disk or the browser refused it.',
  savedNote: (count: number, folder: string) =>
    count === 1 ? `Saved in “${folder}”.` : `${count} requests saved in “${folder}”.`,
  saveSelectedName: 'Save selected',
  saveSelectedHint: 'Save the selected requests in the collection that was saved into last',
  saveSelected: 'Save',
  title: 'Collections',
  privately: 'In a private window nothing is saved, and collections stay closed.',
  sealed: 'Locked: collections are here when the passphrase is entered.',
  lostAndFound: 'Restored',
  hidden: (length: number) => `•••••• (${length} characters)`,
  untitled: 'Untitled request',
  save: 'Save',
  saveHint: (key: string) => `Save this request (${key})`,
  saveChangedHint: (name: string, key: string) => `Save the changes of “${name}” (${key})`,
  savedForm: 'Saved form',
  savedFormHint: 'Compare this request with its saved form, go back to it, or save it as another',
  newFolderName: 'New folder',
  newCollectionName: 'New collection',
  saveDialog: {
    standardName: 'My requests',
  },
} as const;
