import browser from 'webextension-polyfill';

/** Registers the panel; nothing else happens on this page. */
await browser.devtools.panels.create('Workbench', 'icons/icon-32.png', 'panel.html');
