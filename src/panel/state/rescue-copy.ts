import { maskDeep } from '../../inspect/secrets.ts';
import { readWholeDatabase } from '../../storage/rescue.ts';

/** What a database holds that this version cannot read, as a JSON file; secrets are masked, as in every export. */
export async function rescueCopy(database: string): Promise<{ blob: Blob; name: string }> {
  const whole = maskDeep(await readWholeDatabase(database), []);
  return {
    blob: new Blob([JSON.stringify(whole, null, 2)], { type: 'application/json' }),
    name: `${database}.json`,
  };
}
