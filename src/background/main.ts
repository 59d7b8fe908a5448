import browser from 'webextension-polyfill';
import { registerEntryPoints } from './entry-points.ts';
import { servePanel } from './panel-port.ts';

// Importing panel-port registers the wire observer too: every listener stands before the first event can come.
browser.runtime.onConnect.addListener(servePanel);
registerEntryPoints();
