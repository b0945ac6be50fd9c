import { reasonOf } from '../connection-reason.ts';
import { dayAt } from '../../domain/date.ts';
import type { Language } from '../../domain/posting/words.ts';
import { addSecrets, beginConsent, redirectUri } from '../../hub/consent.ts';
import { keepFeed, tryPickupFeed } from '../../hub/fetch/keep-feed.ts';
import { feedSettings } from '../../hub/fetch/look-feed.ts';
import type { Hub } from '../../hub/hub.ts';
import { beginKeyPage, hasSecrets } from '../../hub/key-page.ts';
import { disconnect, restConnection, setUpConnection } from '../../hub/set-up-connection.ts';
import { systemName, typedSecrets, type AnyConnector } from '../../ports/connector.ts';
import { wordsIn } from '../../ports/field-texts.ts';
import { PickupError } from '../../ports/pickup.ts';
import { addAudit } from '../../store/audit.ts';
import { findFeed, listPickups } from '../../store/pickups.ts';
import {
  claimedAccounts,
  listConnections,
  type Company,
  type Connection,
} from '../../store/registry.ts';
import { watchedFolders } from '../../store/watched-folders.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { titlesOf } from '../connection-title.ts';
import { formOf } from '../form/fields.ts';
import { describeIssues } from './issues.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  failsWith,
  forCompany,
  InCompany,
  newRoutes,
  OfConnection,
  z,
} from './route.ts';
import { ConnectionState, Day, FormFields, SecretText, Settings } from './schemas.ts';

const EVERY_SECONDS_MAX = 86_400;

const System = z
  .object({
    ...{ id: z.string(), name: z.string() },
    gives: z.array(z.string()),
    takes: z.array(z.string()),
    login: z
      .enum(['consent', 'keys', 'none'])
      .openapi({ description: 'How it is logged in to: on its own page, by keys, not at all' }),
    secrets: z
      .array(z.object({ name: z.string(), label: z.string() }))
      .openapi({ description: 'What a person types in' }),
    ...{ hasKeyPage: z.boolean(), form: FormFields },
  })
  .openapi('System');

const Wishes = z.object({
  settings: Settings,
  secrets: z.record(z.string().max(100), SecretText).default({}).openapi({
    description: 'Only those that are to be changed. No answer ever holds one',
  }),
  folder: z.string().max(1_000).optional(),
  since: Day.optional().openapi({ description: 'A shop: what has changed since this day' }),
  everySeconds: z.int().min(10).max(EVERY_SECONDS_MAX).optional(),
});

const SetUp = z.object({
  ...{ id: z.string(), state: ConnectionState },
  readAgain: z.number().openapi({ description: 'Files that were read again by new settings' }),
  trouble: z.string().nullable().openapi({ description: 'Why its keys do not work' }),
});

const systems = createRoute({
  method: 'get',
  path: '/companies/{company}/systems',
  summary: 'The systems that can be connected, each with the form of its settings',
  ...forCompany('connect'),
  request: { params: InCompany },
  responses: answers(
    z.object({ systems: z.array(System), redirectUri: z.string(), hasKeyPages: z.boolean() }),
    'The address is the one to register where consent is given',
  ),
});

const show = createRoute({
  method: 'get',
  path: '/companies/{company}/connections/{connection}',
  summary: 'How a connection is set up; no secret is among it',
  ...forCompany('connect'),
  request: { params: OfConnection },
  responses: answers(
    z.object({
      ...{
        id: z.string(),
        name: z.string(),
        title: z.string(),
        connector: z.string(),
        state: ConnectionState,
      },
      ...{ reason: z.string().nullable(), settings: Settings, hasSecrets: z.boolean() },
      ...{ stores: z.array(z.string()), folder: z.string().nullable() },
      feed: z
        .object({ since: z.string(), everySeconds: z.number(), trouble: z.string().nullable() })
        .nullable(),
      places: z.array(
        z.object({ name: z.string(), kind: z.string(), trouble: z.string().nullable() }),
      ),
    }),
    'The connection',
  ),
});

const add = createRoute({
  method: 'post',
  path: '/companies/{company}/connections',
  summary: 'Connects an outside system',
  ...forCompany('connect'),
  request: {
    params: InCompany,
    ...brings(
      Wishes.extend({ connector: z.string().max(50), name: z.string().trim().min(1).max(60) }),
    ),
  },
  responses: answers(SetUp, 'The connection'),
});

const change = createRoute({
  method: 'put',
  path: '/companies/{company}/connections/{connection}',
  summary: 'Changes how it is connected; files that could not be read are read again',
  ...forCompany('connect'),
  request: { params: OfConnection, ...brings(Wishes) },
  responses: answers(SetUp, 'The connection'),
});

const consent = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/consent',
  summary: 'Begins to connect it on the outside system’s own page',
  ...forCompany('connect'),
  request: { params: OfConnection },
  responses: answers(z.object({ url: z.string() }), 'The page to go to; it leads back here'),
});

const keyPage = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/key-page',
  summary: 'Begins to have a shop send its keys, on its own page',
  ...forCompany('connect'),
  request: { params: OfConnection, ...brings(z.object({ mayWrite: z.boolean() })) },
  responses: answers(
    z.object({ url: z.string().nullable() }),
    'The page; null: the shop would not send keys to this hub, which https does not reach',
  ),
});

const pause = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/pause',
  summary: 'Lets it rest, or ends its rest: nothing is fetched from it, nothing sent to it',
  ...forCompany('connect'),
  request: { params: OfConnection, ...brings(z.object({ isPaused: z.boolean() })) },
  responses: answers(z.object({ state: ConnectionState }), 'Where it stands now'),
});

const end = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/disconnect',
  summary: 'Forgets its login; what it has brought and what is booked stays',
  ...forCompany('connect'),
  request: { params: OfConnection },
  responses: answers(z.object({ state: ConnectionState }), 'Where it stands now'),
});

/** Guided set-up: the same acts as `bokbro connect`. */
export function connectRoutes() {
  return newRoutes()
    .openapi(systems, async (c) => {
      const [hub, language] = [c.get('hub'), c.get('language')];
      const { protocol, hostname } = new URL(hub.config.publicUrl);
      return c.json({
        systems: [...hub.connectors.values()].map((one) => systemOut(one, language)),
        redirectUri: redirectUri(hub),
        hasKeyPages: protocol === 'https:' || hostname === 'localhost',
      });
    })
    .openapi(show, async (c) => {
      const hub = c.get('hub');
      const one = await connectionOf(hub, c.get('company'), c.req.valid('param').connection);
      const { db } = hub.database;
      const feed = await findFeed(db, one.id);
      const language = c.get('language');
      const folders = await watchedFolders(db);
      const places = (await listPickups(db)).filter(
        ({ kind, owner }) => kind !== 'feed' && owner?.connectionId === one.id,
      );
      const says = (trouble: (typeof places)[number]['trouble']) =>
        trouble === null ? null : describeTrouble(trouble, language, 'app');
      return c.json({
        ...{ id: one.id, name: one.name, connector: one.connector, state: one.state },
        title: titlesOf(hub.connectors, language).connection(one),
        ...{ reason: reasonOf(one, language), settings: one.settings as Record<string, unknown> },
        hasSecrets: await hasSecrets(hub, one.id),
        stores: [...(await claimedAccounts(db, one.id))],
        folder: folders.find(({ connectionId }) => connectionId === one.id)?.path ?? null,
        feed:
          feed === null
            ? null
            : {
                since: feedSettings.parse(feed.settings).since,
                everySeconds: feed.everySeconds,
                trouble: says(feed.trouble),
              },
        places: places.map(({ name, kind, trouble }) => ({ name, kind, trouble: says(trouble) })),
      });
    })
    .openapi(add, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { connector, name, ...wishes } = c.req.valid('json');
      const all = await listConnections(hub.database.db, company.id);
      if (all.some((one) => one.name === name)) return fails(409, 'name-there', { name });
      const by = { by: c.get('caller').email, companyId: company.id };
      const about = { connection: name, system: connector };
      const made = await setUp(c.get('wholeHub'), company, {
        ...{ connector, name, wishes, language: c.get('language') },
      });
      await addAudit(hub.database.db, { ...by, act: 'connection.add', about });
      return c.json(made);
    })
    .openapi(change, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { connector, name } = await connectionOf(hub, company, c.req.valid('param').connection);
      const wishes = c.req.valid('json');
      const made = await setUp(c.get('wholeHub'), company, {
        ...{ connector, name, wishes, language: c.get('language') },
      });
      const secrets = Object.keys(wishes.secrets);
      const about = { connection: name, settings: wishes.settings as never, secrets };
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act: 'connection.change', about });
      return c.json(made);
    })
    .route('/', loginRoutes());
}

/** How a login is given, and what ends it. */
function loginRoutes() {
  return newRoutes()
    .openapi(consent, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const found = await connectionOf(hub, company, c.req.valid('param').connection);
      if (hub.connectors.get(found.connector)?.consent === undefined) {
        return fails(400, 'has-no-consent', { name: found.name });
      }
      const by = { by: c.get('caller').email, companyId: company.id };
      const about = { connection: found.name };
      await addAudit(hub.database.db, { ...by, act: 'connection.consent', about });
      return c.json({ url: await beginConsent(hub, found.id, pageOf(found)) });
    })
    .openapi(keyPage, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const found = await connectionOf(hub, company, c.req.valid('param').connection);
      const { mayWrite } = c.req.valid('json');
      const by = { by: c.get('caller').email, companyId: company.id };
      const about = { connection: found.name };
      await addAudit(hub.database.db, { ...by, act: 'connection.consent', about });
      return c.json({
        url: await beginKeyPage(hub, found.id, { mayWrite, returnTo: pageOf(found) }),
      });
    })
    .openapi(pause, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const found = await connectionOf(hub, company, c.req.valid('param').connection);
      const { isPaused } = c.req.valid('json');
      await restConnection(hub, found.id, isPaused);
      const act = isPaused ? 'connection.pause' : 'connection.resume';
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act, about: { connection: found.name } });
      return c.json({ state: (await connectionOf(hub, company, found.id)).state });
    })
    .openapi(end, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const found = await connectionOf(hub, company, c.req.valid('param').connection);
      const by = c.get('caller').email;
      await disconnect(hub, found.id, by);
      const about = { connection: found.name };
      const companyId = company.id;
      await addAudit(hub.database.db, { by, companyId, act: 'connection.disconnect', about });
      return c.json({ state: (await connectionOf(hub, company, found.id)).state });
    });
}

/** The connection's page, which a person comes back to. */
function pageOf({ id, companyId }: Connection): string {
  return `/c/${companyId}/connections/${id}`;
}

function systemOut(of: AnyConnector, language: Language) {
  const { texts } = of;
  return {
    ...{ id: of.id, name: systemName(of, language) },
    ...{ gives: [...of.gives], takes: [...of.takes] },
    login: loginOf(of),
    secrets: typedSecrets(of).map((name) => {
      return { name, label: wordsIn(texts.secrets[name], language) || name };
    }),
    hasKeyPage: of.keyPage !== undefined,
    form: [...formOf(of.settings, texts.settings, language)],
  };
}

function loginOf(of: AnyConnector): 'consent' | 'keys' | 'none' {
  if (of.consent !== undefined) return 'consent';
  return of.secrets.length > 0 ? 'keys' : 'none';
}

type Asked = {
  readonly language: Language;
  readonly connector: string;
  readonly name: string;
  readonly wishes: z.infer<typeof Wishes>;
};

/** Sets up what was asked; with keys, its system is asked what is new from now on. */
async function setUp(hub: Hub, company: Company, asked: Asked): Promise<z.infer<typeof SetUp>> {
  const { connector: id, name, wishes, language } = asked;
  const connector = hub.connectors.get(id) ?? fails(400, 'no-system', { name: id });
  const read = connector.settings.safeParse(wishes.settings);
  if (!read.success) {
    const form = formOf(connector.settings, connector.texts.settings, language);
    const labels = new Map(form.map(({ name, label }) => [name, label]));
    return failsWith(400, describeIssues(read.error.issues, { language, labels }));
  }
  const settings: Readonly<Record<string, unknown>> = read.data;
  const stores = Array.isArray(settings['stores']) ? settings['stores'].map(String) : [];
  const { connection, taken, readAgain } = await setUpConnection(hub, company, {
    ...{ connector: id, name, settings, stores },
    ...(wishes.folder === undefined ? {} : { folder: wishes.folder }),
  });
  if (taken.length > 0) {
    return fails(409, 'stores-taken', { stores: taken.join(', ') });
  }
  const given = Object.entries(wishes.secrets).filter(([, secret]) => secret !== '');
  if (given.length > 0) await addSecrets(hub, connection.id, Object.fromEntries(given));
  const trouble = await feedTrouble(hub, company, { connection, wishes });
  const { state } = await connectionOf(hub, company, connection.id);
  return { id: connection.id, state, readAgain: readAgain.length, trouble };
}

/** Begins to ask a system what is new, once it has its keys. @returns what is in the way */
async function feedTrouble(
  hub: Hub,
  company: Company,
  { connection, wishes }: { readonly connection: Connection; readonly wishes: Asked['wishes'] },
): Promise<string | null> {
  if ((await hub.openFeed(connection.id)) === null) return null;
  if (!(await hasSecrets(hub, connection.id))) return null;
  const { since, everySeconds } = wishes;
  const feed = await keepFeed(hub, connection.id, {
    today: dayAt(new Date(hub.clock.nowMs()), company.timeZone),
    ...(since === undefined ? {} : { since }),
    ...(everySeconds === undefined ? {} : { everySeconds }),
  });
  if (feed === null) return null;
  try {
    await tryPickupFeed(hub, feed);
    return null;
  } catch (error) {
    if (!(error instanceof PickupError)) throw error;
    return describeTrouble(error.trouble, company.language, 'app');
  }
}

/** A connection of the company. Ends the request when it has none of this id. */
export async function connectionOf(hub: Hub, company: Company, id: string): Promise<Connection> {
  const all = await listConnections(hub.database.db, company.id);
  return all.find((one) => one.id === id) ?? fails(404, 'no-connection');
}
