import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openApiDocument } from '../../src/web/api/openapi.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import {
  addPlayer,
  startStage,
  take,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { firstOwner, PASSWORD, signedIn, visitor, type Visitor } from './people.ts';

const DAY = '2026-05-02';
/** 1 000.00 sold, and 900.00 of it accounted for. */
const SHORT = ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'];

type Route = { readonly method: string; readonly path: string; readonly right: string | null };

/** Every route that the API has, by its own description. */
const ROUTES: readonly Route[] = Object.entries(openApiDocument().paths ?? {}).flatMap(
  ([path, methods]) =>
    Object.entries(methods as Record<string, Record<string, unknown>>).map(([method, route]) => ({
      ...{ method: method.toUpperCase(), path },
      right: (route['x-right'] as string | undefined) ?? null,
    })),
);

/** What every route of connections takes. */
const CONNECTION = {
  ...{ connector: 'summa', name: 'x', settings: {}, mayWrite: false, isPaused: true },
  ...{ kind: 'sftp', host: 'x', user: 'x', folder: 'x', password: 'x' },
};

/** What paths name that is of the firm, or stands below a connection that is not found. */
const NOT_OF_A_COMPANY = { place: 'x', person: 'nobody', session: 'none', invitation: '0' };

const WEBHOOK = {
  ...{ url: 'http://127.0.0.1:9/told', events: ['document.booked'], isOn: true },
  messages: 'failed',
};

const SCHEDULE = { act: 'missing', flow: null, times: ['07:00'], days: [], daysBack: 31 };

const BALANCES = { folder: '/srv/till', place: null, times: ['04:00'] };

const CLOSED = {
  ...{ from: '2026-12-25', to: '2026-12-25', weekdays: [], store: null, till: null },
  why: 'Juldagen',
};

/** Routes that nobody has to sign in for: how the first person comes in. */
const OPEN = new Set([
  ...['GET /setup', 'POST /setup'],
  ...['POST /invitation', 'POST /invitation/accept'],
]);
const OF_COMPANY = ROUTES.filter(({ path }) => path.includes('{company}'));

describe('the HTTP API', () => {
  let stage: Stage;
  let web: HubServer;
  let mine: Player;
  let theirs: Player;
  let owner: Visitor;
  let reader: Visitor;
  let approver: Visitor;
  let bookkeeper: Visitor;
  let theirDelivery: string;
  /** Rows of the other company, by what a path calls them. */
  let theirRows: Readonly<Record<string, string>>;

  before(async () => {
    stage = await startStage();
    mine = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    theirs = await addPlayer(stage, { name: 'Annat AB', stores: ['5678'] });
    for (const [player, store] of [
      [mine, '1234'],
      [theirs, '5678'],
    ] as const) {
      await take(player, { name: 'dag.csv', content: tillFile({ store, day: DAY, rows: SHORT }) });
      await untilQuiet(player);
    }
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
    reader = await member('reader');
    approver = await member('approver');
    bookkeeper = await member('bookkeeper');
    theirDelivery = await firstHeld(theirs, 'id');
    theirRows = {
      delivery: theirDelivery,
      document: await firstHeld(theirs, 'documentId'),
      connection: theirs.source.id,
      flow: theirs.flow.id,
      file: await firstFile(theirs),
      key: await firstKey(theirs),
      schedule: await firstOf(theirs, 'schedules', SCHEDULE),
      webhook: await firstOf(theirs, 'webhooks', WEBHOOK),
      closed: await firstClosed(theirs),
      reconciliation: await firstMade(theirs),
    };
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });

  /** Somebody with a role in `mine` and none anywhere else. */
  async function member(role: string): Promise<Visitor> {
    const email = `${role}@byran.example`;
    const person = { name: `Rolf ${role}`, email, password: PASSWORD, role };
    const json = { ...person, companyId: mine.company.id };
    assert.equal((await owner.ask('/api/people', { method: 'POST', json })).status, 200);
    return signedIn(web, email);
  }

  async function firstKey({ company }: Player): Promise<string> {
    const at = `/api/companies/${company.id}/keys`;
    const json = { name: 'deras', scopes: ['read'], days: null };
    assert.equal((await owner.ask(at, { method: 'POST', json })).status, 200);
    const [first] = (await owner.ask(at)).body['keys'] as { id: string }[];
    return first?.id ?? '';
  }

  async function firstMade({ company, flow }: Player): Promise<string> {
    const at = `/api/companies/${company.id}/reconciliations`;
    const json = { flow: flow.id, from: DAY, to: DAY };
    const { status, body } = await owner.ask(at, { method: 'POST', json });
    assert.equal(status, 200);
    return String(body['id']);
  }

  async function firstClosed({ company }: Player): Promise<string> {
    const at = `/api/companies/${company.id}/closed-days`;
    assert.equal((await owner.ask(at, { method: 'POST', json: CLOSED })).status, 200);
    const [first] = (await owner.ask(at)).body['closed'] as { id: string }[];
    return first?.id ?? '';
  }

  async function firstFile({ source }: Player): Promise<string> {
    const row = await stage.hub.database.db
      .selectFrom('received_file')
      .select('id')
      .where('connection_id', '=', source.id)
      .executeTakeFirstOrThrow();
    return row.id;
  }

  /** Adds a row of the other company by its route. */
  async function firstOf({ company }: Player, what: string, json: unknown): Promise<string> {
    const at = `/api/companies/${company.id}/${what}`;
    const { status, body } = await owner.ask(at, { method: 'POST', json });
    assert.equal(status, 200, JSON.stringify(body));
    return String(body['id']);
  }

  async function firstHeld(player: Player, field: 'id' | 'documentId'): Promise<string> {
    const { body } = await owner.ask(`/api/companies/${player.company.id}/held`);
    const [first] = body['held'] as Record<string, string>[];
    return first?.[field] ?? '';
  }

  /** A route's address in a company, with ids of the other company's rows in it. */
  function addressOf(path: string, company: string): string {
    const ids: Record<string, string> = { company, ...theirRows, ...NOT_OF_A_COMPANY };
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
      const id = ids[name];
      assert.ok(id, `a row of another company for {${name}} in ${path}`);
      return id;
    });
    const named = path.includes('/imports') ? `?name=a.csv&connection=${theirs.source.id}` : '';
    const figure = path.endsWith('/parts') ? `?day=${DAY}&what=sales.25` : '';
    return `/api${filled}${named}${figure}`;
  }

  const flowBody = () => {
    const ends = { source: theirs.source.id, target: theirs.target.id };
    return { ...ends, mode: 'review', choices: {}, startDate: null };
  };

  /** Something that each route takes, so that only who asks decides. */
  const bodyOf = ({ method, path }: Route) => {
    if (method === 'GET') return { method };
    if (/imports(\/|$)/.test(path)) return { method, body: 'x' };
    if (path.endsWith('/settle')) {
      return { method, json: { ids: [theirDelivery], way: { kind: 'again' } } };
    }
    if (path.endsWith('/details')) {
      return { method, json: { name: 'X', orgNumber: '', language: 'sv' } };
    }
    if (path.includes('/balances')) return { method, json: BALANCES };
    if (path.endsWith('/closed-days')) return { method, json: CLOSED };
    if (path.endsWith('/schedules')) return { method, json: SCHEDULE };
    if (path.includes('/webhooks')) return { method, json: WEBHOOK };
    if (path.includes('/flows')) return { method, json: flowBody() };
    if (path.includes('/connections')) return { method, json: CONNECTION };
    if (path.endsWith('/take-back')) return { method, json: { ids: [theirDelivery] } };
    if (path.endsWith('/preview')) return { method, json: { kind: 'again' } };
    if (path.endsWith('/reconciliations')) {
      return { method, json: { flow: theirs.flow.id, from: '2026-05-01', to: '2026-05-02' } };
    }
    return { method, json: {} };
  };

  test('there is nothing for who has not signed in', async () => {
    const nobody = visitor(web, '');
    for (const route of ROUTES) {
      const name = `${route.method} ${route.path}`;
      if (OPEN.has(name)) continue;
      const { status } = await nobody.ask(addressOf(route.path, mine.company.id), bodyOf(route));
      assert.equal(status, 401, name);
    }
    assert.ok(ROUTES.length >= 25, `${ROUTES.length} routes`);
  });

  test('another company does not exist', async () => {
    for (const route of OF_COMPANY) {
      for (const somebody of [reader, bookkeeper]) {
        const address = addressOf(route.path, theirs.company.id);
        const { status } = await somebody.ask(address, bodyOf(route));
        assert.equal(status, 404, `${route.method} ${route.path}`);
      }
    }
  });

  test('rows of another company are not found under one’s own', async () => {
    // Every route of a company that names a row: one that is new has to be here too.
    const withRows = OF_COMPANY.filter(({ path }) => /\{company\}.*\{/.test(path));
    for (const route of withRows) {
      const { status } = await owner.ask(addressOf(route.path, mine.company.id), bodyOf(route));
      assert.equal(status, 404, `${route.method} ${route.path}`);
    }
    assert.ok(withRows.length >= 26, `${withRows.length} routes`);
  });

  test('rows of another company that a body names are not found under one’s own', async () => {
    const at = `/api/companies/${mine.company.id}`;
    const again = { ids: [theirDelivery], way: { kind: 'again' } };
    const settled = await owner.ask(`${at}/held/settle`, { method: 'POST', json: again });
    assert.deepEqual(settled.body['settled'], []);
    const back = { method: 'POST', json: { ids: [theirDelivery] } };
    assert.deepEqual((await owner.ask(`${at}/held/take-back`, back)).body['taken'], []);
    const flow = theirs.flow.id;
    const days = { from: '2026-05-01', to: '2026-05-02' };
    for (const [path, json] of [
      ['flows', flowBody()],
      ['flows/preview', flowBody()],
      ['reconciliations', { flow, ...days }],
      ['schedules', { ...SCHEDULE, act: 'reconcile', flow }],
      ['orders/sync', { number: '1', connection: theirs.source.id }],
    ] as const) {
      const { status } = await owner.ask(`${at}/${path}`, { method: 'POST', json });
      assert.equal(status, 404, path);
    }
    for (const path of ['imports', 'imports/preview']) {
      const named = `${at}/${path}?name=a.csv&connection=${theirs.source.id}`;
      const { status } = await owner.ask(named, { method: 'POST', body: 'x' });
      assert.equal(status, 404, path);
    }
    assert.equal(await firstHeld(theirs, 'id'), theirDelivery);
  });

  test('who may only read changes nothing', async () => {
    for (const route of OF_COMPANY.filter(({ right }) => right !== 'read')) {
      const address = addressOf(route.path, mine.company.id);
      const { status } = await reader.ask(address, bodyOf(route));
      assert.equal(status, 403, `${route.method} ${route.path}`);
    }
    // What writes must ask for more than reading; previews and counts write nothing.
    const writes = OF_COMPANY.filter(({ method, right }) => method !== 'GET' && right === 'read');
    assert.deepEqual(
      writes.map(({ path }) => path),
      ['/companies/{company}/held/{delivery}/preview', '/companies/{company}/held/progress'],
    );
  });

  test('who owns no firm manages no people', async () => {
    const json = { name: 'X', email: 'x@byran.example', password: PASSWORD, role: 'owner' };
    const asked = { method: 'POST', json: { ...json, companyId: null } };
    assert.equal((await bookkeeper.ask('/api/people', asked)).status, 403);
    assert.equal((await bookkeeper.ask('/api/people')).status, 403);
    assert.equal((await bookkeeper.ask('/api/audit/verify')).status, 403);
  });

  test('who may only approve decides nothing that is held', async () => {
    const ids = [await firstHeld(mine, 'id')];
    const at = `/api/companies/${mine.company.id}/held/settle`;
    const json = { ids, way: { kind: 'book-difference', account: '6991' } };
    assert.equal((await approver.ask(at, { method: 'POST', json })).status, 403);
    const again = { ids, way: { kind: 'again' } };
    assert.equal((await approver.ask(at, { method: 'POST', json: again })).status, 403);
  });

  test('another site’s page makes nothing happen', async () => {
    const { body } = await owner.ask('/api/me');
    assert.equal(body['email'], 'anna@byran.example');
    const response = await fetch(`${web.url}/api/setup`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(response.status, 403);
  });

  test('the first person is made once, and only by the code', async () => {
    const person = { name: 'B', email: 'b@byran.example', password: PASSWORD };
    const nobody = visitor(web, '');
    const wrong = { ...person, token: 'guessed' };
    assert.equal((await nobody.ask('/api/setup', { method: 'POST', json: wrong })).status, 403);
    const right = { ...person, token: web.setupToken };
    assert.equal((await nobody.ask('/api/setup', { method: 'POST', json: right })).status, 409);
  });

  test('signing in tells scripts nothing, and nothing else of sign-in is offered', async () => {
    const asked = { method: 'POST', json: { email: 'reader@byran.example', password: PASSWORD } };
    const entered = await visitor(web, '').ask('/api/auth/sign-in/email', asked);
    assert.deepEqual(entered, { status: 200, body: {} });
    for (const path of ['sign-up/email', 'change-password', 'update-user', 'delete-user']) {
      const json = { name: 'X', email: 'x@x.example', password: PASSWORD, newPassword: PASSWORD };
      const { status } = await owner.ask(`/api/auth/${path}`, { method: 'POST', json });
      assert.equal(status, 404, path);
    }
    assert.equal((await owner.ask('/api/auth/get-session')).status, 404);
  });

  test('who guesses passwords is stopped', async () => {
    const json = { email: 'anna@byran.example', password: 'inte rätt alls här' };
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const asked = { method: 'POST', json };
      statuses.push((await visitor(web, '').ask('/api/auth/sign-in/email', asked)).status);
    }
    assert.equal(statuses.at(-1), 429);
  });

  test('a decision is previewed, taken back, made again and booked; the trail is whole', async () => {
    const at = `/api/companies/${mine.company.id}/held`;
    const id = await firstHeld(mine, 'id');
    const way = { kind: 'book-difference', account: '6991' };
    const preview = await bookkeeper.ask(`${at}/${id}/preview`, { method: 'POST', json: way });
    const [voucher] = preview.body['vouchers'] as { rows: { account: string; minor: string }[] }[];
    // 100 kronor are missing in the till: they are booked where the person says.
    assert.equal(voucher?.rows.find(({ account }) => account === '6991')?.minor, '10000');
    const settle = { method: 'POST', json: { ids: [id], way } };
    assert.deepEqual((await bookkeeper.ask(`${at}/settle`, settle)).body['settled'], [id]);
    const back = await bookkeeper.ask(`${at}/take-back`, { method: 'POST', json: { ids: [id] } });
    assert.deepEqual(back.body['taken'], [id]);
    assert.equal(await firstHeld(mine, 'id'), id);
    await bookkeeper.ask(`${at}/settle`, settle);
    const documents = `/api/companies/${mine.company.id}/documents?state=done`;
    await until(async () => {
      return ((await reader.ask(documents)).body['documents'] as unknown[]).length === 1;
    });
    const [booked] = (await reader.ask(documents)).body['documents'] as { label: string }[];
    assert.equal(booked?.label, 'K 1');
    const late = await bookkeeper.ask(`${at}/take-back`, { method: 'POST', json: { ids: [id] } });
    assert.deepEqual(late.body['taken'], []);
    const trail = await owner.ask(`/api/companies/${mine.company.id}/audit`);
    const acts = (trail.body['entries'] as { act: string; by: string }[])
      .filter(({ act }) => act.startsWith('held'))
      .map(({ act, by }) => `${act} ${by}`);
    assert.deepEqual(acts, [
      'held.settle bookkeeper@byran.example',
      'held.take-back bookkeeper@byran.example',
      'held.settle bookkeeper@byran.example',
    ]);
    const proof = await owner.ask('/api/audit/verify');
    assert.equal(proof.body['brokenAt'], null);
  });

  test('pages are told what has changed in their company', async () => {
    const { cookie } = bookkeeper;
    const stop = new AbortController();
    const address = `${web.url}/api/companies/${mine.company.id}/events`;
    const response = await fetch(address, { headers: { cookie }, signal: stop.signal });
    const told = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.match((await told?.read())?.value ?? '', /event: open/);
    for (const [player, store] of [
      [theirs, '5678'],
      [mine, '1234'],
    ] as const) {
      const content = tillFile(smallDay({ store, day: '2026-05-04', number: 'Z-9' }));
      await take(player, { name: 'ny.csv', content });
      await untilQuiet(player);
    }
    let said = '';
    // What happens at once is told at once, so it may come in more than one piece.
    while (!said.includes('delivery')) said += (await told?.read())?.value ?? '';
    assert.match(said, new RegExp(`event: changed\\ndata: \\{"${mine.company.id}":`));
    assert.doesNotMatch(said, new RegExp(`"${theirs.company.id}":`));
    stop.abort();
  });
});
