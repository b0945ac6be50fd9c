import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Language } from '../../domain/posting/words.ts';
import type { Hub } from '../../hub/hub.ts';
import type { Db } from '../../store/db.ts';
import type { Person } from '../../store/people.ts';
import { getCompanies, listCompanies, type Company } from '../../store/registry.ts';
import { scopedTo } from '../../store/scoped-database.ts';
import { rightsIn, rightsInFirm, type Right } from '../access/rights.ts';
import type { ApiProblemCode, ApiProblemFacts } from '../../text/api-problems.ts';
import { ApiRefusal, languageOf, problem, refused, type ProblemStatus } from '../problem.ts';
import { describeIssues } from './issues.ts';
import { Id, Problem } from './schemas.ts';

/** What stands beside every request of the API. */
export type ApiEnv = {
  Variables: {
    /** In a route of companies its queries see those companies only. */
    hub: Hub;
    readonly language: Language;
    /** Who asks; null: nobody has signed in. */
    readonly person: Person | null;
    /** What the program may do that asks; null: a person asks, or nobody. */
    readonly key: ProgramKey | null;
    /** They have no codes of an app, and the firm asks for them: only their account is open. */
    readonly lacksFactor: boolean;
  };
};

/** A program asks, with a key of one company. */
export type ProgramKey = { readonly companyId: string; readonly rights: readonly Right[] };

/** A request that may do something in one company. */
export type CompanyEnv = {
  Variables: {
    company: Company;
    caller: Person;
    rights: readonly Right[];
    /** For what is one of a kind over all companies: store numbers, names of places. */
    wholeHub: Hub;
  };
};

/** A request of somebody who has signed in, about all that is theirs. */
type SignedInEnv = {
  Variables: { caller: Person; companyIds: readonly string[]; wholeHub: Hub };
};

/** Routes whose bad input is told as every other problem. */
export function newRoutes() {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      return problem(c, 400, describeIssues(result.error.issues, { language: languageOf(c) }));
    },
  });
}

/** The right that a route asks for stands in the OpenAPI too: a test walks by it. */
const RIGHT = 'x-right';

const SESSION = [{ session: [] }, { key: [] }];

/** A route of one company. Who has no right at all there is told that there is none. */
export function forCompany(right: Right) {
  return { middleware: inCompany(right), security: SESSION, [RIGHT]: right };
}

/** A route of the whole firm. */
export function forFirm(right: Right) {
  return { middleware: inFirm(right), security: SESSION, [RIGHT]: right };
}

/** A route for everybody who has signed in. */
export function forSignedIn() {
  const middleware: MiddlewareHandler<ApiEnv & SignedInEnv> = async (c, next) => {
    const person = c.get('person');
    if (person === null) return signedOut(c);
    const hub = c.get('hub');
    const key = c.get('key');
    const companyIds = key === null ? await companiesOf(hub.database.db, person) : [key.companyId];
    c.set('wholeHub', hub);
    c.set('hub', scopedHub(hub, companyIds));
    c.set('companyIds', companyIds);
    c.set('caller', person);
    return next();
  };
  return { middleware, security: SESSION, [RIGHT]: 'signed-in' };
}

/** A route of somebody’s own account, which only they themselves reach. */
export function forThemselves() {
  const middleware: MiddlewareHandler<ApiEnv & { Variables: { caller: Person } }> = async (
    c,
    next,
  ) => {
    const person = c.get('person');
    if (person === null) return signedOut(c);
    if (c.get('key') !== null) return refused(c, 403, { code: 'key-has-no-account' });
    c.set('caller', person);
    return next();
  };
  return { middleware, security: SESSION, [RIGHT]: 'signed-in' };
}

function inCompany(right: Right): MiddlewareHandler<ApiEnv & CompanyEnv> {
  return async (c, next) => {
    const person = c.get('person');
    if (person === null) return signedOut(c);
    const id = c.req.param('company') ?? '';
    const rights = /^\d{1,18}$/.test(id) ? rightsOf(c.get('key'), person, id) : [];
    const [company] = rights.length > 0 ? await getCompanies(c.get('hub').database.db, [id]) : [];
    if (company === undefined) return refused(c, 404, { code: 'no-company' });
    if (!rights.includes(right)) return refused(c, 403, { code: 'needs-right', right });
    // From here on the database itself shows this company's rows and no others.
    const hub = c.get('hub');
    c.set('wholeHub', hub);
    c.set('hub', scopedHub(hub, [id]));
    c.set('company', company);
    c.set('caller', person);
    c.set('rights', rights);
    return next();
  };
}

/** What whoever asks may do in a company. */
export function rightsOf(
  key: ProgramKey | null,
  { memberships }: Person,
  companyId: string,
): readonly Right[] {
  if (key === null) return rightsIn(memberships, companyId);
  return key.companyId === companyId ? key.rights : [];
}

function inFirm(right: Right): MiddlewareHandler<ApiEnv & { Variables: { caller: Person } }> {
  return async (c, next) => {
    const person = c.get('person');
    if (person === null) return signedOut(c);
    if (!rightsInFirm(person.memberships).includes(right)) {
      return refused(c, 403, { code: 'needs-right-in-firm', right });
    }
    c.set('caller', person);
    return next();
  };
}

/** The ids of the companies that a person has anything to do with. */
async function companiesOf(db: Db, { memberships }: Person): Promise<readonly string[]> {
  const isFirm = memberships.some(({ companyId }) => companyId === null);
  if (isFirm) return (await listCompanies(db)).map(({ id }) => id);
  return memberships.flatMap(({ companyId }) => companyId ?? []);
}

/** The hub whose queries see these companies only. */
function scopedHub(hub: Hub, companyIds: readonly string[]): Hub {
  return { ...hub, database: scopedTo(hub.database, companyIds) };
}

function signedOut(c: Context): Response {
  return refused(c, 401, { code: 'signed-out' });
}

/** An answer of JSON, and how it can fail. */
export function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  const told = { 200: { description, content: { 'application/json': { schema } } } };
  // Handlers throw problems: only what they return is in the type.
  return { ...told, ...FAILS } as typeof told;
}

const FAILS = {
  default: {
    description: 'What is wrong, as RFC 9457 has it',
    content: { 'application/problem+json': { schema: Problem } },
  },
};

/** Ends a request with a problem. */
export function fails(
  status: ProblemStatus,
  code: ApiProblemCode,
  facts: ApiProblemFacts = {},
): never {
  throw new ApiRefusal(status, { ...facts, code });
}

/** Ends a request with what is said already, in the reader's language. */
export function failsWith(status: 400 | 409 | 502, detail: string): never {
  throw new HTTPException(status, { message: detail });
}

/** What a request brings as JSON. */
export function brings<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}

export const InCompany = z.object({ company: Id });
export const OfConnection = InCompany.extend({ connection: Id });

export { createRoute, z };
