import type { Case, Reply, SessionSetup, Step } from '../case.ts';

interface Around {
  readonly session?: SessionSetup;
  readonly replies?: Readonly<Record<string, readonly Reply[]>>;
}

/** A case of one request; to `{echo}/x` unless it says where. */
export function one(name: string, step: Partial<Step>, { session, replies }: Around = {}): Case {
  return {
    name,
    steps: [{ method: 'GET', url: '{echo}/x', ...step }],
    ...(session && { session }),
    ...(replies && { replies }),
  };
}

/** A redirect of that status. */
export const moved = (status: number, to: string, fields: readonly (readonly [string, string])[] = []): Reply => ({
  status,
  fields: [['Location', to], ...fields],
});

/** A text as the server's answer. */
export const answered = (body: string, fields: readonly (readonly [string, string])[] = []): Reply => ({
  fields: [['Content-Type', 'text/plain; charset=utf-8'], ...fields],
  body,
});
