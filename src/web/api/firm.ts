import { setFirm } from '../../hub/set-firm.ts';
import { countFactors, readFirm, type Firm } from '../../store/firm.ts';
import { getPerson } from '../../store/people.ts';
import { answers, brings, createRoute, fails, forFirm, newRoutes, z } from './route.ts';
import { Language } from './schemas.ts';

const HOURS_MAX = 720;

const Wishes = z
  .object({
    name: z.string().trim().max(100),
    language: Language.openapi({ description: 'Of pages, for whoever has not chosen' }),
    signInHours: z.int().min(1).max(HOURS_MAX).nullable().openapi({
      description: 'So long after signing in one signs in again; null: not while one is busy',
    }),
    needsFactor: z.boolean().openapi({
      description: 'Who has no codes of an app reaches their own account only',
    }),
    fourEyesMinor: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .nullable()
      .openapi({ description: 'What a new flow begins with: above it two people decide' }),
  })
  .openapi('Firm');

const show = createRoute({
  method: 'get',
  path: '/firm',
  summary: 'What the firm decides for everybody',
  ...forFirm('manage'),
  responses: answers(
    Wishes.extend({
      people: z.number(),
      withoutFactor: z.number().openapi({ description: 'People who have no codes of an app' }),
      oidc: z.string().nullable().openapi({ description: 'Where one signs in besides here' }),
    }),
    'And how people stand to it',
  ),
});

const change = createRoute({
  method: 'put',
  path: '/firm',
  summary: 'Changes it, for everybody and at once',
  ...forFirm('manage'),
  request: brings(Wishes),
  responses: answers(Wishes, 'As it is now'),
});

/** The firm itself. */
export function firmRoutes() {
  return newRoutes()
    .openapi(show, async (c) => {
      const { database, config } = c.get('hub');
      const { people, without } = await countFactors(database.db);
      const firm = firmOut(await readFirm(database.db));
      return c.json({ ...firm, people, withoutFactor: without, oidc: config.oidc?.name ?? null });
    })
    .openapi(change, async (c) => {
      const hub = c.get('hub');
      const { fourEyesMinor, ...wishes } = c.req.valid('json');
      const { id, email } = c.get('caller');
      const hasFactor = (await getPerson(hub.database.db, id))?.hasFactor === true;
      if (wishes.needsFactor && !hasFactor) {
        return fails(409, 'shuts-out');
      }
      const minor = fourEyesMinor === null ? null : BigInt(fourEyesMinor);
      const firm = await setFirm(hub, { ...wishes, fourEyesMinor: minor }, email);
      return c.json(firmOut(firm));
    });
}

function firmOut({ fourEyesMinor, ...firm }: Firm) {
  return { ...firm, fourEyesMinor: fourEyesMinor === null ? null : String(fourEyesMinor) };
}
