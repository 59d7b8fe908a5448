import { maskDeep } from '../../inspect/secrets.ts';
import { readWholeDatabase } from '../../storage/rescue.ts';
import { saveBody } from '../response/body/save-body.ts';
import { rescue as words } from '../strings/rescue.ts';

/** What a database holds that this version cannot read, as a JSON file; secrets are masked, as in every export. */
export async function rescueCopy(database: string): Promise<{ blob: Blob; name: string }> {
  const whole = maskDeep(await readWholeDatabase(database), []);
  return {
    blob: new Blob([JSON.stringify(whole, null, 2)], { type: 'application/json' }),
    name: `${database}.json`,
  };
}

/** Saves that copy as a file; gives what went wrong, in words, or null. */
export async function saveRescueCopy(database: string): Promise<string | null> {
  try {
    const { blob, name } = await rescueCopy(database);
    saveBody(blob, name);
    return null;
  } catch (error) {
    return words.failed(error instanceof Error ? `${error.name}: ${error.message}`.replace(/\.$/, '') : String(error));
  }
}
