import type { z } from 'zod';
import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../problem.ts';
import { profileSchema, type Profile } from './schema.ts';

/** A profile, or everything that is wrong with it. */
export type ProfileOutcome =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads a mapping profile out of JSON. Each problem names the path it is at. */
export function readProfile(json: unknown): ProfileOutcome {
  const read = profileSchema.safeParse(json);
  if (read.success) return { kind: 'profile', profile: read.data };
  const name = nameOf(json);
  const problems = read.error.issues.flatMap((issue) =>
    causesOf(issue, []).map(({ path, message }) =>
      problemAt('profile-invalid', null, { profile: name, path, expected: message }),
    ),
  );
  return { kind: 'invalid', problems };
}

type Issue = z.core.$ZodIssue;

/** Of a choice between shapes, what is wrong with the shape that was nearest. */
function causesOf(
  issue: Issue,
  above: readonly PropertyKey[],
): readonly { readonly path: string; readonly message: string }[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) => branch.some((i) => isInside(i)));
    const [nearest] = branches.toSorted((a, b) => a.length - b.length);
    if (nearest !== undefined) return nearest.flatMap((inner) => causesOf(inner, path));
  }
  return [{ path: path.map(String).join('.') || '(all)', message: issue.message }];
}

/** Whether a shape was recognised and something in it is wrong. */
function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === 'custom' || issue.code === 'unrecognized_keys';
}

function nameOf(json: unknown): string {
  const isNamed = typeof json === 'object' && json !== null && 'profile' in json;
  return isNamed ? String(json.profile) : '?';
}
