/** Words of collections that lie in folders on disk. */
export const collectionFolder = {
  button: 'Folder on disk',
  hint: 'Keep the selected collection as a file in a folder, to share it by git',
  title: (name: string) => `Folder of “${name}”`,
  close: 'Close',
  about:
    'The collection is kept as one file in a folder of yours, for instance in a git repository. Each change is written there, and what others have changed is offered here. Secrets are never in it.',
  choose: 'Choose a folder…',
  inTab:
    'DevTools give no access to folders. Open Request Workbench in a tab (its button in the browser’s toolbar) and bind the collection there; or use Export and Import, the file is the same.',
  none: 'This browser gives extensions no access to folders. Use Export and Import: the file is the same, and lies well in git.',
  notChosen: (detail: string) => `That folder cannot be used: ${detail}.`,
  folder: 'Folder',
  file: 'File',
  again: 'Read again',
  unbind: 'Unbind',
  unbindHint: 'The collection and the file stay as they are, and no longer follow each other',
  allow: 'Allow…',
  takeIn: 'Take in…',
  takeInHint: 'See what the file would change here, then merge it or replace the collection by it',
  keepOurs: 'Write ours over it',
  keepOursHint:
    'The file then says what the collection says; what others have written there is lost, unless git has it',
  writeAgain: 'Write it again',
  states: {
    looking: 'Comparing…',
    same: 'The collection and the file are the same. Each change is written to the file.',
    permission: 'The browser asks again whether this folder may be used. Until then nothing is read or written.',
    theirs: 'The file was changed on disk. Nothing is written until you have decided.',
    both: 'The file was changed on disk, and the collection here. Nothing is written until you have decided.',
    missing: 'The file is gone from the folder, or empty.',
  },
  damages: {
    markers: 'git has left conflict markers in the file. Resolve them there, then read it again.',
    notJson: 'The file is not JSON, or damaged. Mend it, then read it again.',
    foreign: 'The file is not this collection.',
  },
  disk: {
    folderGone: () => 'The folder is gone, moved or renamed. Bring it back and read again, or unbind it.',
    refused: () => 'The folder may not be written to: the permission was taken back, or the file is protected.',
    full: () => 'The disk is full: nothing was written, and the file is as it was.',
    busy: () => 'Another program holds the file. Read again when it is done.',
    unreadable: () => 'The file cannot be read, or changed while it was read. Read it again.',
    failed: (detail: string) => `That did not work: ${detail}`,
  },
  ours: (reason: string) => `The collection cannot be written. ${reason}`,
  /** In the list, beside the collection. */
  isBound: 'Kept in a folder',
  needsYou: 'Kept in a folder: look at it',
  note: (name: string) => `“${name}” and its file in the folder:`,
  look: 'Look',
} as const;
