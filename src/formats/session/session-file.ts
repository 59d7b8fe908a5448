import * as v from 'valibot';
import type { Row } from '../../model/draft.ts';
import { isSecretName } from '../../model/secrets.ts';
import { cookieSchema, sessionSettingsSchema, type SessionSettings, type StoredCookie } from '../../model/session.ts';

const FORMAT = 'request-workbench-session';

const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  settings: sessionSettingsSchema,
  cookies: v.array(cookieSchema),
});

/** A session as a file holds it. */
export interface SessionFile {
  readonly settings: SessionSettings;
  readonly cookies: readonly StoredCookie[];
}

/** The session as JSON, with everything that is in it. */
export function writeSessionFile({ settings, cookies }: SessionFile): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, settings, cookies }, null, 2)}\n`;
}

/**
 * What of a session may be shown to others: no cookies, no credentials, and no values of fields and params that are
 * secret by their name. A value that is only a `{{variable}}` says nothing, and stays.
 */
export function withoutSecrets(settings: SessionSettings, marked: readonly string[]): SessionFile {
  const clean = (row: Row): Row => (isSecretName(row.name, marked) ? { ...row, value: withoutText(row.value) } : row);
  const { auth } = settings;
  return {
    settings: {
      ...settings,
      headers: settings.headers.map(clean),
      params: settings.params.map(clean),
      auth: {
        ...auth,
        password: withoutText(auth.password),
        token: withoutText(auth.token),
        headerValue: withoutText(auth.headerValue),
      },
    },
    cookies: [],
  };
}

const withoutText = (value: string): string => (/^\s*(?:\{\{[^{}]*\}\}\s*)+$/.test(value) ? value : '');

/** null: the text is no session that this version knows. */
export function readSessionFile(text: string): SessionFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(fileSchema, value);
  return parsed.success ? parsed.output : null;
}
