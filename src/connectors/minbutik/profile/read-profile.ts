import type { z } from 'zod';
import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import { profileSchema, type Profile } from './schema.ts';

/** A profile, or everything that is wrong with it. */
export type ProfileOutcome =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads a mapping profile out of JSON. Each problem names the path it is at. */
export function readProfile(json: unknown): ProfileOutcome {
  const read = profileSchema.safeParse(json);
  if (read.success) return { kind: 'profile', profile: read.data };
  const profile = nameOf(json);
  const causes = new Causes(json);
  const problems = read.error.issues.flatMap((issue) =>
    causes
      .of(issue)
      .map(({ path, message }) =>
        problemAt('profile-invalid', null, { profile, path, found: message }),
      ),
  );
  return { kind: 'invalid', problems };
}

type Issue = z.core.$ZodIssue;

type Cause = { readonly path: string; readonly message: string };

/** Finds what is wrong in terms of what the person wrote. */
class Causes {
  readonly #json: unknown;

  constructor(json: unknown) {
    this.#json = json;
  }

  /** Of a choice between shapes, what is wrong with the shape that was nearest. */
  of(issue: Issue, above: readonly PropertyKey[] = []): readonly Cause[] {
    const path = [...above, ...issue.path];
    if (issue.code === 'invalid_union') {
      const near = issue.errors.filter((shape) => shape.some((i) => this.#isInside(i, path)));
      const [nearest] = near.toSorted((a, b) => a.length - b.length);
      if (nearest !== undefined) return nearest.flatMap((inner) => this.of(inner, path));
    }
    return [{ path: path.map(String).join('.') || '(all)', message: issue.message }];
  }

  /** Whether the shape is the one meant: something that was written for it is wrong. */
  #isInside(issue: Issue, above: readonly PropertyKey[]): boolean {
    if (issue.code === 'custom') return true;
    return issue.path.length > 0 && this.#isWritten([...above, ...issue.path]);
  }

  #isWritten(path: readonly PropertyKey[]): boolean {
    let at = this.#json;
    for (const key of path) {
      if (typeof at !== 'object' || at === null) return false;
      at = Reflect.get(at, key);
    }
    return at !== undefined;
  }
}

function nameOf(json: unknown): string {
  if (typeof json !== 'object' || json === null || !('profile' in json)) return '?';
  return typeof json.profile === 'string' ? json.profile : '?';
}
