import { ZodError } from 'zod';
import { keepPlace } from '../../hub/fetch/keep-place.ts';
import { PickupError } from '../../ports/pickup.ts';
import { addAudit } from '../../store/audit.ts';
import { endPickup, findPickup } from '../../store/pickups.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { connectionOf } from './connect.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  forCompany,
  InCompany,
  newRoutes,
  z,
} from './route.ts';
import { Day, Id } from './schemas.ts';

const One = InCompany.extend({ connection: Id });
const EVERY_SECONDS = 60;
const SECRET_MAX = 20_000;

const Place = z
  .object({
    kind: z.enum(['sftp', 'mail']),
    ...{ name: z.string().trim().min(1).max(60), host: z.string().trim().min(1).max(200) },
    port: z.int().min(1).max(65_535).optional(),
    ...{ user: z.string().trim().min(1).max(200), folder: z.string().trim().max(1_000).optional() },
    pattern: z.string().max(500).optional(),
    fingerprint: z.string().max(100).optional().openapi({
      description: 'SFTP: the key that the server must have, as SHA256:…',
    }),
    senders: z.array(z.string().max(200)).max(1_000).optional(),
    since: Day.optional().openapi({ description: 'Mail: what came before is left alone' }),
    password: z.string().max(SECRET_MAX).optional(),
    privateKey: z.string().max(SECRET_MAX).optional(),
  })
  .openapi('Place');

const keep = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/places',
  summary: 'Fetches its files from an SFTP server or a mailbox; it is tried first',
  ...forCompany('connect'),
  request: { params: One, ...brings(Place) },
  responses: answers(
    z.object({
      fingerprint: z.string().nullable().openapi({ description: 'What the server is known by' }),
      there: z.number().nullable().openapi({ description: 'Files or mails that lie there' }),
    }),
    'It is looked into from now on',
  ),
});

const end = createRoute({
  method: 'delete',
  path: '/companies/{company}/connections/{connection}/places/{place}',
  summary: 'Fetches nothing from there any more; what was fetched stays',
  ...forCompany('connect'),
  request: { params: One.extend({ place: z.string().max(60) }) },
  responses: answers(z.object({ ended: z.string() }), 'Its name'),
});

/** Places elsewhere that files are fetched from. */
export function placeRoutes() {
  return newRoutes()
    .openapi(keep, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { id, name } = await connectionOf(hub, company, c.req.valid('param').connection);
      const { kind, fingerprint, password, privateKey, ...said } = c.req.valid('json');
      const owner = { companyId: company.id, connectionId: id };
      // Names are told apart over all companies, whose places nobody here sees.
      const whole = c.get('wholeHub');
      const before = await findPickup(whole.database.db, said.name);
      if (before !== null && before.owner?.connectionId !== id) {
        return fails(409, `“${said.name}” is taken: choose another name`);
      }
      const secrets = {
        ...(password === undefined || password === '' ? {} : { password }),
        ...(privateKey === undefined || privateKey === '' ? {} : { privateKey }),
      };
      if (Object.keys(secrets).length === 0) return fails(400, 'there is no password and no key');
      const today = new Date(hub.clock.nowMs()).toISOString().slice(0, 10);
      const { name: placeName, ...rest } = said;
      const settings = { since: today, ...rest };
      const kept = await tried(c.get('language'), () =>
        keepPlace(whole, {
          ...{ kind, name: placeName, owner, secrets, settings, everySeconds: EVERY_SECONDS },
          ...(fingerprint === undefined || fingerprint === '' ? {} : { fingerprint }),
        }),
      );
      const about = { connection: name, place: placeName, kind, host: said.host };
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act: 'place.keep', about });
      return c.json(kept);
    })
    .openapi(end, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { connection, place } = c.req.valid('param');
      const { id, name } = await connectionOf(hub, company, connection);
      const found = await findPickup(hub.database.db, place);
      if (found === null || found.owner?.connectionId !== id) {
        return fails(404, 'there is no such place');
      }
      await endPickup(hub.database.db, found.id, hub.clock.nowMs());
      const by = { by: c.get('caller').email, companyId: company.id };
      const about = { connection: name, place };
      await addAudit(hub.database.db, { ...by, act: 'place.end', about });
      return c.json({ ended: place });
    });
}

/** What is in the way of a place is the answer, not an error of the hub's. */
async function tried<T>(
  language: Parameters<typeof describeTrouble>[1],
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PickupError) return fails(409, describeTrouble(error.trouble, language));
    if (!(error instanceof ZodError)) throw error;
    const says = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return fails(400, says.join('; '));
  }
}
