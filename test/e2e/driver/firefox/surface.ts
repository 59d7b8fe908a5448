import type { Surface } from '../surface.ts';
import type { ChromeScope } from './chrome-scope.ts';

/**
 * A page of Firefox. Mouse and keys are synthesized by Gecko in the window around the page, as its own WebDriver does,
 * and go the way of a person's input; text comes by `execCommand('insertText')`, which the page sees as trusted
 * `beforeinput` and `input` events, and which undo takes back.
 */
export function createFirefoxSurface(scope: ChromeScope, name: string): Surface {
  return {
    label: `the ${name}`,
    evaluate: (expression) => scope.call('evaluate', [name, expression], 0),
    focus: () => scope.call('focus', [name]),
    mouse: (steps) => scope.call('mouse', [name, steps]),
    press: (chord) => scope.call('press', [name, chord]),
    async insertText(text) {
      await scope.call('evaluate', [name, `document.execCommand('insertText', false, ${JSON.stringify(text)})`]);
    },
    async paste(text) {
      await scope.call('copy', [text]);
      await scope.call('press', [name, { key: 'v', control: true, shift: false, alt: false, meta: false }]);
    },
    screenshot: async () => Buffer.from(await scope.call('screenshot', [name]), 'base64'),
    errors: () => scope.call('readLog', [false]),
  };
}
