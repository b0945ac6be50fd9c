import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { ANNUAL_REPORT, CATALOGUE } from '../../src/connectors/summa/simulator/hub-for-test.ts';
import { invoiceBody } from '../../src/connectors/summa/simulator/invoice-body.ts';
import { setDropFolder, watchFolders } from '../../src/hub/drop-folders.ts';
import { writeResults } from '../../src/web/result-files.ts';
import { startStage, statesOf, today, until, type Stage } from './stage.ts';
import { startHouse, type House } from './summa-house.ts';

type Answer = {
  readonly status: string;
  readonly invoice_no?: string;
  readonly status_url?: string;
  readonly errors?: readonly { readonly code: string; readonly value?: string }[];
};

const OPEN = { choices: ['invoices.as=booked'], departments: ['DIGITAL=DIGI'] };

describe('a printing house that asks and waits', () => {
  let stage: Stage;
  let house: House;
  before(async () => {
    // The work is done when a test lets it be done.
    stage = await startStage({ hasWorker: false });
  });
  after(() => stage.stop());
  afterEach(() => house.stop());

  function post(path: string, body: unknown, more: Readonly<Record<string, string>> = {}) {
    return fetch(`${house.server.url}/v1/connections/summa/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.key}`, ...more },
      body: JSON.stringify(body),
    });
  }

  function ask(path: string, more: Readonly<Record<string, string>> = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${house.key}`, ...more };
    return fetch(`${house.server.url}${path}`, { headers });
  }

  /** The invoice of a job as it would be pushed; it is not. */
  async function invoiceOf(orderNo: string) {
    house.summa.deliver(orderNo);
    const id = await house.summa.finish(orderNo, { isSent: false });
    return invoiceBody(house.summa.invoice(id), 'one') as Readonly<Record<string, unknown>>;
  }

  it('is told where to ask when the ledger is slow, and asks there until it has the number', async () => {
    house = await startHouse(stage, { ...OPEN, jobs: [CATALOGUE] });
    const body = await invoiceOf('24117');
    const first = await post('invoices', body, { prefer: 'wait=0' });
    assert.equal(first.status, 202);
    const where = ((await first.json()) as Answer).status_url ?? '';
    assert.equal(where, '/v1/connections/summa/pushes/summa-24117-1');
    assert.equal(first.headers.get('location'), where);
    const early = await ask(where);
    assert.deepEqual([early.status, ((await early.json()) as Answer).status], [202, 'pending']);
    const worker = await stage.hub.startWorker();
    const late = (await (await ask(where, { prefer: 'wait=50' })).json()) as Answer;
    await worker.stop();
    assert.deepEqual([late.status, late.invoice_no], ['created', '1']);
    // The same again has the same number, other content under the key is a conflict.
    const again = await post('invoices', body);
    assert.deepEqual([again.status, ((await again.json()) as Answer).invoice_no], [200, '1']);
    const other = await post('invoices', { ...body, your_reference: 'Någon annan' });
    assert.equal(other.status, 409);
    assert.equal((await ask('/v1/connections/summa/pushes/nobody-knows')).status, 404);
    assert.equal((await house.list('invoices', 'Invoices')).length, 1);
  });

  it('asks first what exists, and is told all that does not at once', async () => {
    house = await startHouse(stage, { ...OPEN, jobs: [CATALOGUE] });
    const answer = await post('preflight', {
      ...{ date: '2026-05-12', accounts: ['3001', '3049', '9999'], cost_centers: ['OFFSET'] },
      ...{ projects: ['P1'], customers: ['1203'] },
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), {
      ready: false,
      date: '2026-05-12',
      accounts: [
        { code: '3001', state: 'active' },
        { code: '3049', state: 'missing', will_be_created: false },
        { code: '9999', state: 'missing', will_be_created: false },
      ],
      cost_centers: [{ code: 'OFFSET', state: 'missing', will_be_created: true }],
      projects: [{ code: 'P1', state: 'missing', will_be_created: true }],
      customers: [{ code: '1203', state: 'missing', will_be_created: true }],
    });
    const body = await invoiceOf('24117');
    const lines = body['lines'] as readonly object[];
    const wrong = { ...body, lines: lines.map((line) => ({ ...line, account: '3049' })) };
    const flight = (await (await post('preflight', [body, wrong])).json()) as {
      readonly ready: boolean;
      readonly results: readonly (Answer & { readonly external_id: string })[];
    };
    assert.equal(flight.ready, false);
    assert.deepEqual(
      flight.results.map(({ status, errors = [] }) => [
        status,
        ...errors.map(({ code, value }) => `${code} ${value}`),
      ]),
      [['ok'], ['rejected', 'account-unknown 3049']],
    );
    assert.deepEqual(await statesOf(house.player), []);
    assert.deepEqual(await house.list('invoices', 'Invoices'), []);
  });

  /** A folder that is watched, a worker, and what they found there until `until` is so. */
  async function inFolder(connection: string, act: (folder: string) => Promise<void>) {
    const folder = mkdtempSync(join(tmpdir(), 'bokbro-results-'));
    const said = await house.bokbro('connect', connection, '--folder', folder, '--name', 'drop');
    assert.equal(said.code, 0, said.err);
    const set = ['--set', 'invoices.as=booked', '--department', 'DIGITAL=DIGI'];
    const flow = await house.bokbro('flow', 'add', 'drop', 'fortnox', ...set);
    assert.equal(flow.code, 0, flow.err);
    const kept = [watchFolders(stage.hub), writeResults(stage.hub)];
    const worker = await stage.hub.startWorker();
    mkdirSync(join(folder, 'results'), { recursive: true });
    try {
      await act(folder);
    } finally {
      await worker.stop();
      for (const one of kept) await one.stop();
      rmSync(folder, { recursive: true });
    }
  }

  async function resultIn(folder: string, name: string): Promise<string> {
    const results = join(folder, 'results');
    await until(() => readdirSync(results).includes(name));
    return readFileSync(join(results, name), 'utf8');
  }

  it('drops a batch as a spreadsheet has it, and is answered in one', async () => {
    house = await startHouse(stage, { ...OPEN, jobs: [CATALOGUE] });
    const wrong = { ...CATALOGUE, orderNo: '24118' };
    house.summa.addJob({ ...wrong, lines: wrong.lines.map((l) => ({ ...l, account: '3049' })) });
    for (const orderNo of ['24117', '24118']) await invoiceOf(orderNo);
    const { filename, text, id } = house.summa.exportBatch('csv');
    await inFolder('summa', async (folder) => {
      writeFileSync(join(folder, filename), text);
      const result = await resultIn(folder, `${id}.result.csv`);
      const [head, first, second] = result.split('\r\n');
      assert.equal(head, 'external_id;invoice_no;status;message');
      assert.match(first ?? '', /^summa:order:24117:invoice:1;1;created;rounded-by-ledger: /);
      assert.match(
        second ?? '',
        /^summa:order:24118:invoice:1;;rejected;.*account-unknown: .*3049/,
      );
      house.summa.readResult(result);
    });
    const states = house.summa.invoices().map(({ state, invoiceNo }) => `${state} ${invoiceNo}`);
    assert.deepEqual(states, ['created 1', 'rejected null']);
    assert.deepEqual(house.summa.complaints(), []);
  });

  it('drops invoices as vouchers (SIE 4I), and finds what they are called in the ledger', async () => {
    house = await startHouse(stage, { ...OPEN, jobs: [] });
    const day = today().replaceAll('-', '');
    const voucher = (number: number, account: string) =>
      `#VER F ${number} ${day} "Faktura ${1000 + number}"\r\n{\r\n` +
      `#TRANS 1510 {} 1250.00\r\n#TRANS ${account} {} -1000.00\r\n#TRANS 2611 {} -250.00\r\n}\r\n`;
    const text =
      '#FLAGGA 0\r\n#PROGRAM "Kalkyl" 1\r\n#FORMAT PC8\r\n' +
      `#GEN ${day}\r\n#SIETYP 4\r\n#FNAMN "Tryckeriet"\r\n` +
      voucher(45, '3001') +
      voucher(46, '3049');
    await inFolder('summa', async (folder) => {
      writeFileSync(join(folder, 'fakturor.si'), text);
      const result = await resultIn(folder, 'fakturor.result.csv');
      const [, first, second] = result.split('\r\n');
      assert.equal(first, `F:45:${today()};A 1;created;`);
      assert.match(second ?? '', /^F:46:.*;;rejected;account-unknown: .*3049/);
    });
  });

  it('drops a batch in a folder and finds the numbers beside it, in its own form', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bokbro-results-'));
    house = await startHouse(stage, {
      ...OPEN,
      accounts: [{ number: 3041, name: 'Formgivning' }],
      jobs: [CATALOGUE, { ...ANNUAL_REPORT, lines: ANNUAL_REPORT.lines }],
    });
    const wrong = { ...ANNUAL_REPORT, orderNo: '24201' };
    house.summa.addJob({ ...wrong, lines: wrong.lines.map((l) => ({ ...l, account: '3049' })) });
    for (const orderNo of ['24117', '24200', '24201']) await invoiceOf(orderNo);
    const { filename, text, id } = house.summa.exportBatch();
    const summa = (await house.bokbro('connect', 'summa', '--folder', folder, '--name', 'drop'))
      .code;
    assert.equal(summa, 0);
    const flow = await house.bokbro(
      ...['flow', 'add', 'drop', 'fortnox', '--set', 'invoices.as=booked'],
      ...['--department', 'DIGITAL=DIGI'],
    );
    assert.equal(flow.code, 0, flow.err);
    const kept = [watchFolders(stage.hub), writeResults(stage.hub)];
    const worker = await stage.hub.startWorker();
    writeFileSync(join(folder, filename), text);
    const results = join(folder, 'results');
    const named = `${id}.result.xml`;
    mkdirSync(results, { recursive: true });
    await until(() => readdirSync(results).includes(named));
    house.summa.readResult(readFileSync(join(results, named), 'utf8'));
    const states = house.summa.invoices().map(({ state, invoiceNo }) => `${state} ${invoiceNo}`);
    assert.deepEqual(states, ['created 1', 'created 2', 'rejected null']);
    assert.deepEqual(house.summa.complaints(), []);
    assert.match(readFileSync(join(results, named), 'utf8'), /account-unknown.*3049/s);
    // A person moves the account: the result is written anew, and whole.
    await house.bokbro('flow', 'set', 'drop', 'fortnox', '--account', 'account/3049=3041');
    await house.bokbro('held', 'resolve', 'all', '--again', '--no-wait');
    await until(() => /invoiceNo="3"/.test(readFileSync(join(results, named), 'utf8')));
    assert.deepEqual(readdirSync(results), [named]);
    await worker.stop();
    for (const one of kept) await one.stop();
    await setDropFolder(stage.hub, house.player.source.id, '');
    rmSync(folder, { recursive: true });
  });
});
