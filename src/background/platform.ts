import browser from 'webextension-polyfill';

declare const __TARGET__: 'chrome' | 'firefox';

/** Which browser this build is for. The two packages differ in the manifest and in what quirks.ts says. */
export const target: 'chrome' | 'firefox' = typeof __TARGET__ === 'undefined' ? 'chrome' : __TARGET__;
export const isFirefox = target === 'firefox';

/** `chrome-extension://…/` or `moz-extension://…/`. */
export const ownOrigin = browser.runtime.getURL('');
/** The host part of it: what declarativeNetRequest calls our initiator domain. */
export const ownHost = new URL(ownOrigin).hostname;
