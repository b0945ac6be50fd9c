import { ZodError } from 'zod';
import { keepPlace } from '../../hub/fetch/keep-place.ts';
import { learnHostKey } from '../../hub/fetch/set-up.ts';
import { mailDay } from '../../hub/fetch/settings.ts';
import type { Secrets } from '../../ports/connector.ts';
import { PickupError } from '../../ports/pickup.ts';
import { addAudit } from '../../store/audit.ts';
import { isUsedForBalances } from '../../store/balance-returns.ts';
import { endPickup, findPickup } from '../../store/pickups.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { connectionOf } from './connect.ts';
import { describeIssues } from './issues.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  failsWith,
  forCompany,
  newRoutes,
  OfConnection,
  z,
} from './route.ts';
import { Day, SecretText } from './schemas.ts';

const EVERY_SECONDS = 60;
/** A chain of certificates is some kilobytes. */
const CERTIFICATES_MAX = 100_000;
/** Where SSH servers listen. */
const SSH_PORT = 22;

const host = z.string().trim().min(1).max(200);
const port = z.int().min(1).max(65_535);

const Place = z
  .object({
    kind: z.enum(['sftp', 'mail']),
    ...{ name: z.string().trim().min(1).max(60), host, port: port.optional() },
    ...{ user: z.string().trim().min(1).max(200), folder: z.string().trim().max(1_000).optional() },
    pattern: z.string().max(500).optional(),
    fingerprint: z.string().max(100).optional().openapi({
      description: 'SFTP: the key that the server must have, as SHA256:…',
    }),
    security: z.enum(['tls', 'starttls']).optional().openapi({
      description: 'Mail: TLS from the first byte, or begun by STARTTLS',
    }),
    ca: z.string().max(CERTIFICATES_MAX).optional().openapi({
      description: 'Mail: certificates (PEM) that vouch for a server of your own',
    }),
    senders: z.array(z.string().max(200)).max(1_000).optional(),
    since: Day.optional().openapi({ description: 'Mail: what came before is left alone' }),
    password: SecretText.optional(),
    privateKey: SecretText.optional().openapi({ description: 'SFTP: instead of a password' }),
    passphrase: SecretText.optional().openapi({ description: 'Opens the private key' }),
    after: z.enum(['move', 'flag', 'leave']).optional().openapi({
      description: 'What becomes of what is kept; flag: mails only',
    }),
  })
  .openapi('Place');

const HostKey = z
  .object({
    type: z.string(),
    fingerprint: z.string().openapi({ description: 'SHA256:…, as `ssh-keygen -lf` shows it' }),
  })
  .openapi('HostKey');

const ask = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/host-key',
  summary: 'The key that an SFTP server shows, before it is sent any login',
  ...forCompany('connect'),
  request: { params: OfConnection, ...brings(z.object({ host, port: port.default(SSH_PORT) })) },
  responses: answers(HostKey, 'To be compared with what whoever runs the server says'),
});

const keep = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/places',
  summary: 'Fetches its files from an SFTP server or a mailbox; it is tried first',
  ...forCompany('connect'),
  request: { params: OfConnection, ...brings(Place) },
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
  request: { params: OfConnection.extend({ place: z.string().max(60) }) },
  responses: answers(z.object({ ended: z.string() }), 'Its name'),
});

/** Places elsewhere that files are fetched from. */
export function placeRoutes() {
  return newRoutes()
    .openapi(ask, async (c) => {
      const hub = c.get('wholeHub');
      await connectionOf(c.get('hub'), c.get('company'), c.req.valid('param').connection);
      const place = c.req.valid('json');
      const key = await tried(c.get('language'), () => learnHostKey(place, undefined, hub.reach));
      return c.json(key);
    })
    .openapi(keep, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { id, name } = await connectionOf(hub, company, c.req.valid('param').connection);
      const { kind, fingerprint, password, privateKey, passphrase, ...said } = c.req.valid('json');
      const owner = { companyId: company.id, connectionId: id };
      // Names are told apart over all companies, whose places nobody here sees.
      const whole = c.get('wholeHub');
      const before = await findPickup(whole.database.db, said.name);
      if (before !== null && before.owner?.connectionId !== id) {
        return fails(409, 'name-taken', { name: said.name });
      }
      const secrets = loginOf({ password, privateKey, passphrase });
      const { name: placeName, ...rest } = said;
      const settings = { since: mailDay(new Date(hub.clock.nowMs())), ...rest };
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
        return fails(404, 'no-place');
      }
      if (await isUsedForBalances(hub.database.db, found.id)) {
        return fails(409, 'place-used', { name: place });
      }
      await endPickup(hub.database.db, found.id, hub.clock.nowMs());
      const by = { by: c.get('caller').email, companyId: company.id };
      const about = { connection: name, place };
      await addAudit(hub.database.db, { ...by, act: 'place.end', about });
      return c.json({ ended: place });
    });
}

/** What somebody logs in with: what is empty is not there. */
function loginOf(
  said: Readonly<Record<'password' | 'privateKey' | 'passphrase', string | undefined>>,
): Secrets {
  const given = Object.entries(said).filter(([, secret]) => (secret ?? '') !== '');
  const login: Secrets = Object.fromEntries(given.map(([name, secret]) => [name, secret ?? '']));
  const isLogin = login['password'] !== undefined || login['privateKey'] !== undefined;
  return isLogin ? login : fails(400, 'no-login');
}

/** What is in the way of a place is the answer, not an error of the hub's. */
async function tried<T>(
  language: Parameters<typeof describeTrouble>[1],
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PickupError)
      return failsWith(409, describeTrouble(error.trouble, language, 'app'));
    if (!(error instanceof ZodError)) throw error;
    return failsWith(400, describeIssues(error.issues, { language }));
  }
}
