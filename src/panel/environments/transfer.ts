import * as v from 'valibot';
import { GLOBALS, variableSchema, type Environment } from '../../model/environment.ts';

const FORMAT = 'request-workbench.variables';

const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  environments: v.array(
    v.object({
      name: v.string(),
      global: v.optional(v.boolean(), false),
      variables: v.array(
        v.object({ ...v.omit(variableSchema, ['id']).entries, enabled: v.optional(v.boolean(), true) }),
      ),
    }),
  ),
});

export type ImportedEnvironment = v.InferOutput<typeof fileSchema>['environments'][number];

/** Environments as a JSON file. Secrets keep their names; their values go only when asked for. */
export function environmentsToJson(environments: readonly Environment[], withSecrets: boolean): string {
  const sets = environments.map(({ id, name, variables }) => ({
    name,
    ...(id === GLOBALS && { global: true }),
    variables: variables.map(({ enabled, name, value, secret, literal }) => ({
      ...(!enabled && { enabled }),
      name,
      value: secret && !withSecrets ? '' : value,
      ...(secret && { secret }),
      ...(literal && { literal }),
    })),
  }));
  return `${JSON.stringify({ format: FORMAT, version: 1, environments: sets }, null, 2)}\n`;
}

/** @returns null when the text is no such file */
export function environmentsFromJson(text: string): readonly ImportedEnvironment[] | null {
  try {
    const parsed = v.safeParse(fileSchema, JSON.parse(text));
    return parsed.success ? parsed.output.environments : null;
  } catch {
    return null;
  }
}
