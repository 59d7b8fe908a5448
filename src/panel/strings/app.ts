export const app = {
  title: 'Request Workbench',
  view: 'View',
  viewRequest: 'Request',
  viewResponse: 'Response',
  splitter: 'Resize request and response',
  dismiss: 'Dismiss',
  updated: 'Request Workbench was updated: close DevTools and open it again.',
  updatedTab: 'Request Workbench was updated: reload this tab.',
  updatedDetail: 'What you typed is saved.',
  unfinishedTitle: 'Outcome unknown',
  unfinished: (method: string, url: string, time: string) => `${method} ${url}, sent at ${time}, was cut off.`,
  unfinishedDraftChanged: 'The draft is a different request by now.',
  sendAgain: 'Send again',
  draftNotSaved: 'This draft cannot be saved here: it is kept until the panel closes.',
  migrationFailed:
    'What an earlier version saved could not be brought up to date. It was left as it was; until this is solved nothing is kept.',
  saveCopy: 'Save a copy',
  saveCopyHint: 'Save what is stored as a JSON file, with secrets masked',
  draftsSetAside: 'A saved draft could not be read. It was set aside, not deleted.',
  gone: 'Nothing was sent: the extension was updated or removed. Close the panel and open it again.',
  lostWithExtension:
    'The extension was updated or removed while the request was under way: whether it arrived is unknown. Open the panel again.',
} as const;
