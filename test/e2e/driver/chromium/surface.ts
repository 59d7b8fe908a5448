import type { Frame, KeyInput, Page } from 'puppeteer-core';
import type { Chord } from '../chord.ts';
import type { MouseStep, Surface } from '../surface.ts';
import { copyText } from './front-end.ts';

export interface ChromiumSurfaceOptions {
  readonly label: string;
  /** The tab or the DevTools front-end that shows the frame. */
  readonly page: () => Page;
  readonly frame: () => Frame;
  /** The DevTools front-end, which has the clipboard. */
  readonly devtools: () => Page;
  readonly errors: () => Promise<string[]>;
}

const MODIFIERS = [
  ['control', 'Control'],
  ['shift', 'Shift'],
  ['alt', 'Alt'],
  ['meta', 'Meta'],
] as const;

async function press(page: Page, chord: Chord, commands: string[] = []): Promise<void> {
  const held = MODIFIERS.filter(([name]) => chord[name]).map(([, key]) => key);
  // Puppeteer refuses a key that it has no definition for: letters beyond ASCII have no place on its keyboard.
  const key = chord.key as KeyInput;
  for (const modifier of held) await page.keyboard.down(modifier);
  try {
    if (held.length === 0 && /^[^\x20-\x7e]$/u.test(chord.key)) await page.keyboard.sendCharacter(chord.key);
    else await page.keyboard.press(key, { commands });
  } finally {
    for (const modifier of held.reverse()) await page.keyboard.up(modifier);
  }
}

/** A frame of Chromium: input goes through the protocol to the page that shows it, as a person's would. */
export function createChromiumSurface({ label, page, frame, devtools, errors }: ChromiumSurfaceOptions): Surface {
  async function offset(): Promise<{ x: number; y: number }> {
    if (frame() === page().mainFrame()) return { x: 0, y: 0 };
    const owner = await frame().frameElement();
    const box = await owner?.boundingBox();
    await owner?.dispose();
    if (box === undefined || box === null) throw new Error(`${label} is not shown: another DevTools panel is in front`);
    return box;
  }

  async function mouse(steps: readonly MouseStep[]): Promise<void> {
    const origin = await offset();
    const device = page().mouse;
    for (const { type, x, y } of steps) {
      if (type === 'move') await device.move(origin.x + x, origin.y + y);
      else await device[type]();
    }
  }

  return {
    label,
    evaluate: (expression) => frame().evaluate(expression),
    // Headless, every page of Chromium has the keyboard.
    focus: async () => undefined,
    mouse,
    press: (chord) => press(page(), chord),
    insertText: (text) => page().keyboard.sendCharacter(text),
    async paste(text) {
      await copyText(devtools(), text);
      // Key events of the protocol do not run the platform's key bindings by themselves.
      await press(page(), { key: 'v', control: true, shift: false, alt: false, meta: false }, ['paste']);
    },
    screenshot: async () => Buffer.from(await page().screenshot({ type: 'png' })),
    errors,
  };
}
