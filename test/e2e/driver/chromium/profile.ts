import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LaunchPlan } from '../plan.ts';

const DOCK_STATE = { window: 'undocked', right: 'right', bottom: 'bottom' } as const;

/**
 * Gives a new profile what must be set before the start: where DevTools dock, developer mode for its errors, and where
 * files are saved.
 */
export async function prepareProfile({ profile, dock, headless, downloads }: LaunchPlan): Promise<void> {
  const file = join(profile, 'Default', 'Preferences');
  if (existsSync(file)) return;
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = {
    // DevTools keep their settings as JSON within the JSON.
    devtools: { preferences: { currentDockState: JSON.stringify(DOCK_STATE[dock]) } },
    extensions: { ui: { developer_mode: true } },
    browser: { has_seen_welcome_page: true },
    ...(headless && { download: { default_directory: downloads, prompt_for_download: false } }),
  };
  await writeFile(file, JSON.stringify(preferences));
}
