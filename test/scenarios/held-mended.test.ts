import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { changeSettings } from '../../src/store/registry.ts';
import { command } from './command.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

const AGAIN = ['held', 'resolve', 'all', '--again'] as const;

/** A wide export with a column that the first version of the profile does not name. */
const WIDE = [
  'Butik;Datum;Z-nr;Förs 25%;Moms 25%;Kort;Dricks',
  '1234;2026-10-05;Z-5;1000,00;200,00;1000,00;50,00',
  '',
].join('\n');

function profile(version: number, more: readonly unknown[] = []): unknown {
  return {
    profile: 'test.wide',
    version,
    document: 'pos_day_report',
    input: { format: 'csv', delimiter: ';', decimal: ',', date: 'yyyy-MM-dd' },
    identity: ['store_no', 'business_date', 'register', 'report_no'],
    columns: {
      store_no: { header: ['Butik'] },
      business_date: { header: ['Datum'] },
      report_no: { header: ['Z-nr'] },
    },
    lines: [
      { header: 'Förs 25%', kind: 'sale', vat_rate: 25, vat_header: 'Moms 25%' },
      { header: 'Kort', kind: 'tender', code: 'KORT' },
      ...more,
    ],
    unmapped_amount_columns: 'park',
  };
}

describe('a wide export with an amount that its profile does not name', () => {
  async function parked(name: string): Promise<Player> {
    const player = await addPlayer(stage, { name, profiles: [profile(1)] });
    await take(player, { name: 'wide.csv', content: WIDE });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held amount-column-unmapped']);
    assert.deepEqual(ledgerOf(player), []);
    return player;
  }

  const title = 'Dagsrapport 2026-10-05 butik 1234 Z-5';
  const booked = [[`K 1 · 2026-10-05 · ${title}`, ...SMALL_DAY_ROWS]];

  it('is held with the column and the amount', async () => {
    const name = 'Okänd kolumn AB';
    await parked(name);
    const held = await command(stage, 'held', '--company', name);
    assert.deepEqual(held.out.split('\n').slice(1, 2), [
      '    Kolumnen ”Dricks” innehåller 50,00 (rad 2) och finns inte i profilen. Lägg till den i ' +
        'profilen, så att inga pengar faller bort. [amount-column-unmapped]',
    ]);
  });

  it('is booked without it when a person accepts that', async () => {
    const name = 'Dricks räknas inte AB';
    const player = await parked(name);
    const accept = ['held', 'resolve', 'all', '--accept', 'amount-column-unmapped'];
    assert.equal((await command(stage, ...accept, '--company', name)).code, 0);
    assert.deepEqual(ledgerOf(player), booked);
  });

  it('is booked once when the profile names it and the file comes again', async () => {
    const name = 'Ny profil AB';
    const player = await parked(name);
    const mended = profile(2, [{ header: 'Dricks', kind: 'info' }]);
    const settings = { stores: [], profiles: [mended] };
    await changeSettings(stage.hub.database.db, player.source.id, settings);
    await take(player, { name: 'wide.csv', content: WIDE });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['skipped amount-column-unmapped', 'done']);
    assert.deepEqual(ledgerOf(player), booked);
    assert.equal((await command(stage, ...AGAIN, '--company', name)).out, '0 settled.\n');
    assert.deepEqual(ledgerOf(player), booked);
  });
});

describe('a day report of a year that Fortnox has not', () => {
  it('is booked when the year has been added there', async () => {
    const name = 'Nytt år AB';
    const player = await addPlayer(stage, { name });
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const content = tillFile(smallDay({ day: '2024-12-31' }));
    await take(player, { name: 'z.csv', content });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held year-missing']);

    const response = await fetch(`${stage.simulator.apiUrl}/3/financialyears`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.grant().accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        FinancialYear: { FromDate: '2024-01-01', ToDate: '2024-12-31', AccountChartType: 'BAS' },
      }),
    });
    assert.equal(response.status, 201);
    tenant.set({ series: [{ code: 'K', isManual: true }] });
    assert.equal((await command(stage, ...AGAIN, '--company', name)).code, 0);
    const title = 'Dagsrapport 2024-12-31 butik 1234 kassa 1 Z-1';
    assert.deepEqual(ledgerOf(player), [[`K 1 · 2024-12-31 · ${title}`, ...SMALL_DAY_ROWS]]);
  });
});

describe('held documents of a company', () => {
  it('name every reason at once, and are settled one after the other', async () => {
    const name = 'Två skäl AB';
    const player = await addPlayer(stage, { name, choices: { cashDifferenceLimit: '50' } });
    const tenant = stage.simulator.tenants.get(player.tenantId);
    tenant.set({ lockedTo: '2026-10-05' });
    const rows = ['sale;50;Hygien;25;1000,00;190,00', 'tender;KORT;Kontokort;;900,00;'];
    await take(player, { name: 'z.csv', content: tillFile({ day: '2026-10-05', rows }) });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held does-not-balance vat-differs']);

    const resolve = ['held', 'resolve', 'all', '--company', name];
    assert.equal((await command(stage, ...resolve, '--account', '6991')).code, 1);
    assert.deepEqual(await statesOf(player), ['held vat-differs']);
    // The lock shows when there is a voucher to be booked.
    assert.equal((await command(stage, ...resolve, '--accept', 'vat-differs')).code, 1);
    assert.deepEqual(await statesOf(player), ['held period-locked']);
    assert.equal((await command(stage, ...resolve, '--date', '2026-10-06')).code, 0);
    // 1 000.00 − 190.00 = 810.00; 1 000.00 − 900.00 = 100.00 on 6991.
    assert.deepEqual(ledgerOf(player), [
      [
        'K 1 · 2026-10-06 · Dagsrapport 2026-10-05 butik 1234 kassa 1 Z-1',
        '3001 -810.00 · Försäljning 25 %',
        '2611 -190.00 · Moms 25 %',
        '1580 900.00 · Kort',
        '6991 100.00 · Differens enligt beslut',
      ],
    ]);
  });

  it('do not stop the reports of other days', async () => {
    const player = await addPlayer(stage, { name: 'Går förbi AB' });
    const rows = ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'];
    const content = tillFile(
      { day: '2026-10-05', number: 'Z-1', rows },
      smallDay({ day: '2026-10-06', number: 'Z-2' }),
    );
    await take(player, { name: 'z.csv', content });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held does-not-balance', 'done']);
    const title = 'Dagsrapport 2026-10-06 butik 1234 kassa 1 Z-2';
    assert.deepEqual(ledgerOf(player), [[`K 1 · 2026-10-06 · ${title}`, ...SMALL_DAY_ROWS]]);
  });
});
