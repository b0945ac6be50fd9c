import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import { rememberCoding } from '../../src/hub/remember-coding.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { day } from '../../src/domain/date.ts';
import { addConnection, addFlow } from '../../src/store/registry.ts';
import { addBuyer } from './buyer.ts';
import {
  deliveriesOf,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const FIXTURES = join(import.meta.dirname, '../../src/connectors/peppol/fixtures');
const GOODS = readFileSync(join(FIXTURES, 'chain-goods-invoice-7004512881.xml'));
const CREDIT = readFileSync(join(FIXTURES, 'chain-goods-creditnote-7004513002.xml'));
const SERVICE = readFileSync(join(FIXTURES, 'chain-service-invoice-9100077.xml'));
const OWN = readFileSync(join(FIXTURES, '../../minbutik/fixtures/icafaktura-1234-2026-05.csv'));
const MAY = { from: day('2026-05-01'), to: day('2026-05-31') };

type NamedFile = { readonly name: string; readonly mediaType: string; readonly bytes: Buffer };

describe('invoices of a chain', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  function buyer(name: string, choices: WrittenChoices = {}): Promise<Player> {
    return addBuyer(stage, name, choices);
  }

  /** How often each route of a method was called. */
  function callsOf(player: Player, method: string): Record<string, number> {
    const { routes } = stage.simulator.tenants.get(player.tenantId).tally();
    return Object.fromEntries(
      Object.entries(routes).filter(([one]) => one.startsWith(`${method} /3/`)),
    );
  }

  /** The files at the invoices of a company, as Fortnox gives them back. */
  async function filesOf({ tenantId }: Player): Promise<readonly NamedFile[]> {
    const { accessToken } = stage.simulator.tenants.get(tenantId).grant();
    const headers = { authorization: `Bearer ${accessToken}` };
    const get = (path: string) => fetch(`${stage.simulator.apiUrl}/3/${path}`, { headers });
    const listed = (await (await get('supplierinvoicefileconnections')).json()) as {
      readonly SupplierInvoiceFileConnections: readonly {
        readonly FileId: string;
        readonly Name: string;
      }[];
    };
    return Promise.all(
      listed.SupplierInvoiceFileConnections.map(async ({ FileId, Name }) => {
        const answer = await get(`archive/${FileId}`);
        const bytes = Buffer.from(await answer.arrayBuffer());
        return { name: Name, mediaType: answer.headers.get('content-type') ?? '', bytes };
      }),
    );
  }

  it('are booked as coded, once, with the file attached', async () => {
    const accounts = { 'purchases/TOBAK': '4010' };
    const player = await buyer('Inköps AB', { accounts });
    await take(player, { name: 'faktura.xml', content: GOODS });
    await take(player, { name: 'igen.xml', content: GOODS });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done']);
    const [voucher = [], ...others] = ledgerOf(player);
    assert.deepEqual(others, []);
    assert.deepEqual(
      voucher
        .slice(1)
        .map((row) => row.split(' · ')[0] ?? '')
        .sort((a, b) => a.localeCompare(b)),
      ['2440 -39565.00', '2641 4006.87', '3740 0.30', '4000 29212.84', '4010 6344.99'],
    );
    assert.deepEqual(callsOf(player, 'POST'), {
      'POST /3/suppliers': 1,
      'POST /3/supplierinvoices': 1,
      'POST /3/inbox': 1,
      'POST /3/supplierinvoicefileconnections': 1,
    });
    const result = await reconcileFlow(stage.hub, {
      ...{ company: player.company, flow: player.flow, period: MAY },
    });
    assert.deepEqual(result.differences, []);
  });

  it("are booked once that come as Peppol and in the chain's own file", async () => {
    const player = await buyer('Två vägar AB');
    const { db } = stage.hub.database;
    const about = { companyId: player.company.id, connector: 'minbutik', name: 'kedjan' };
    const settings = { stores: ['1234'], chainNumber: '5599990032' };
    const source = await addConnection(db, { ...about, settings });
    const { target } = player;
    const flow = { source, target, mode: 'automatic', startDate: null, choices: {} } as const;
    await addFlow(db, flow);
    await take(player, { name: 'faktura.xml', content: GOODS });
    await untilQuiet(player);
    await take({ ...player, source }, { name: 'icafaktura.csv', content: OWN });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), [
      'done',
      'held invoice-twice',
      'done',
      'held invoice-not-coded',
      'held invoice-not-coded',
    ]);
    const owed = ledgerOf(player)
      .flat()
      .filter((row) => row.startsWith('2440 '));
    assert.deepEqual(
      owed.map((row) => row.split(' · ')[0]),
      // 39 565.00 owed once; 850.00 + 51.00 = 901.00 taken back.
      ['2440 -39565.00', '2440 901.00'],
    );
    // The other way about: what came in the file first is the one that is booked.
    await take(player, { name: 'kredit.xml', content: CREDIT });
    await untilQuiet(player);
    assert.equal((await statesOf(player)).filter((one) => /twice/.test(one)).length, 2);
    assert.equal(ledgerOf(player).length, 2);
  });

  it('are taken back by credit notes of the same supplier', async () => {
    const player = await buyer('Retur AB');
    await take(player, { name: 'faktura.xml', content: GOODS });
    await take(player, { name: 'kredit.xml', content: CREDIT });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done']);
    assert.equal(callsOf(player, 'POST')['POST /3/suppliers'], 1);
    const owed = ledgerOf(player)
      .flat()
      .filter((row) => row.startsWith('2440 '));
    assert.equal(owed.length, 2);
    assert.ok(owed.some((row) => row.startsWith('2440 -39565.00')));
    assert.ok(owed.some((row) => !row.startsWith('2440 -')));
  });

  it('of a supplier that a person has coded once are booked by themselves', async () => {
    const player = await buyer('Lärt AB');
    await take(player, { name: 'tjänst.xml', content: SERVICE });
    await untilQuiet(player);
    const ids = (await deliveriesOf(player)).map(({ id }) => id);
    const account = '6550';
    const of = { companyId: player.company.id, ids, account };
    assert.deepEqual((await rememberCoding(stage.hub, of)).suppliers, ['Kedjegrossisten AB']);
    await settle(player, { kind: 'again', decision: { kind: 'code-as', account } });
    const next = SERVICE.toString('utf8').replaceAll('9100077', '9100099');
    await take(player, { name: 'nästa.xml', content: next });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done']);
    const coded = ledgerOf(player)
      .flat()
      .filter((row) => row.startsWith('6550 '));
    assert.equal(coded.length, 2);
    // Goods of the same supplier are goods as before.
    await take(player, { name: 'varor.xml', content: GOODS });
    await untilQuiet(player);
    const goods = ledgerOf(player)
      .flat()
      .filter((row) => row.startsWith('4000 '));
    assert.equal(goods.length, 1);
  });

  it('bring the files that came in them, byte for byte', async () => {
    const player = await buyer('Bilagor AB', { accounts: { 'purchases/5599990032': '4000' } });
    // Three million letters of base64, as a scanned paper has, and a file that nobody can read.
    const scan = Buffer.alloc(2_250_000, 'scannad sida ');
    const reference = (name: string, base64: string): string =>
      `<cac:AdditionalDocumentReference><cbc:ID>${name}</cbc:ID><cac:Attachment>` +
      '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" ' +
      `filename="${name}">${base64}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>` +
      '</cac:AdditionalDocumentReference>';
    const files = reference('följesedel 7.pdf', scan.toString('base64')) + reference('b.pdf', '*');
    const parties = '<cac:AccountingSupplierParty>';
    const content = GOODS.toString('utf8').replace(parties, files + parties);
    await take(player, { name: 'faktura.xml', content });
    await untilQuiet(player);
    const [delivery] = await deliveriesOf(player);
    assert.deepEqual([delivery?.state, delivery?.refusals], ['done', []]);
    assert.deepEqual(delivery?.notices, [
      { code: 'attachment-left-out', name: 'b.pdf', why: 'damaged' },
    ]);
    const kept = await filesOf(player);
    assert.deepEqual(kept.map(({ name }) => name.replace(/_bb[0-9a-f]+-/, '_KEY-')).sort(), [
      'följesedel-7_KEY-file-2-up.pdf',
      'peppol-5599990016-5599990032-7004512881_KEY-file-1-up.xml',
    ]);
    const pdf = kept.find(({ mediaType }) => mediaType === 'application/pdf');
    assert.ok(pdf && scan.equals(pdf.bytes));
  });

  it('that nobody has coded wait for an account, and are booked on it', async () => {
    const player = await buyer('Okonterat AB');
    await take(player, { name: 'tjänst.xml', content: SERVICE });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held invoice-not-coded']);
    assert.deepEqual(ledgerOf(player), []);
    const decision = { kind: 'code-as', account: '6550' } as const;
    assert.equal(await settle(player, { kind: 'again', decision }), 1);
    assert.deepEqual(await statesOf(player), ['done']);
    assert.ok(
      ledgerOf(player)
        .flat()
        .some((row) => row.startsWith('6550 ')),
    );
  });
});
