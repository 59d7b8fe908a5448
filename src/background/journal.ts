import browser from 'webextension-polyfill';
import { createJournal } from './exchange-journal.ts';

const { session } = browser.storage;

export const journal = createJournal({
  get: (keys) => session.get(keys),
  set: (items) => session.set(items),
  remove: (keys) => session.remove(keys),
});
