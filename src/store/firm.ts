import type { Db } from './db.ts';

/** What the firm decides for everybody who signs in. */
export type Firm = {
  /** Empty: it has not said. */
  readonly name: string;
  /** Of pages, for whoever has not chosen one. */
  readonly language: 'sv' | 'nb' | 'en';
  /** So long after signing in one signs in again; null: not while one is busy. */
  readonly signInHours: number | null;
  /** Everybody has codes of an app, or reaches their own account only. */
  readonly needsFactor: boolean;
  /** What a new flow begins with: above this amount two people let a document go. */
  readonly fourEyesMinor: bigint | null;
};

export async function readFirm(db: Db): Promise<Firm> {
  const row = await db.selectFrom('firm').selectAll().executeTakeFirstOrThrow();
  return {
    ...{ name: row.name, language: row.language, signInHours: row.sign_in_hours },
    needsFactor: row.needs_factor,
    fourEyesMinor: row.four_eyes_minor === null ? null : BigInt(row.four_eyes_minor),
  };
}

/** Changes what is said, and leaves the rest. */
export async function changeFirm(db: Db, change: Partial<Firm>): Promise<void> {
  const { name, language, signInHours, needsFactor, fourEyesMinor } = change;
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(signInHours === undefined ? {} : { sign_in_hours: signInHours }),
    ...(needsFactor === undefined ? {} : { needs_factor: needsFactor }),
    ...(fourEyesMinor === undefined
      ? {}
      : { four_eyes_minor: fourEyesMinor === null ? null : String(fourEyesMinor) }),
  };
  if (Object.keys(set).length > 0) await db.updateTable('firm').set(set).execute();
}

/** How somebody stands to what the firm decides. */
export type Standing = {
  readonly signInHours: number | null;
  /** They have no codes of an app, and everybody should. */
  readonly lacksFactor: boolean;
};

export async function standingOf(db: Db, personId: string): Promise<Standing> {
  const row = await db
    .selectFrom('person')
    .innerJoin('firm', (join) => join.onTrue())
    .select(['firm.sign_in_hours', 'firm.needs_factor', 'person.two_factor_enabled'])
    .where('person.id', '=', personId)
    .executeTakeFirstOrThrow();
  return {
    signInHours: row.sign_in_hours,
    lacksFactor: row.needs_factor && !row.two_factor_enabled,
  };
}

/** How many people can sign in, and how many of them have no codes of an app. */
export async function countFactors(
  db: Db,
): Promise<{ readonly people: number; readonly without: number }> {
  const { people, without } = await db
    .selectFrom('person')
    .select(({ fn }) => [
      fn.countAll<string>().as('people'),
      fn.countAll<string>().filterWhere('two_factor_enabled', '=', false).as('without'),
    ])
    .executeTakeFirstOrThrow();
  return { people: Number(people), without: Number(without) };
}
