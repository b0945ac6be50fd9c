import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sharedPath, skipWithout } from '../../testing/shared.ts';
import { kr } from '../../testing/day-reports.ts';
import { settingsSchema } from './settings.ts';
import { camtFiles } from './source.ts';
import { problemsOf, standing } from '../../testing/file-source-contract/reading.ts';
import { fixture, readAll, statementsOf, told } from './read-for-test.ts';

const MONTH = fixture('foretagskonto-2026-05.xml').toString('utf8');
const RULES = { entries: [{ contains: 'kedjekonto', kind: 'transfer', as: 'KEDJA' }] } as const;
const SAMPLE = sharedPath('data', 'settlements', 'camt053_txdtls_sample.xml');

function codesOf(readings: Parameters<typeof problemsOf>[0]): readonly string[] {
  return problemsOf(readings).map(({ code }) => code);
}

describe('a month of a bank account', () => {
  it('is a document for each day with entries, with the balances between them', async () => {
    // 10 000.00 + 50 000.00 − 25.00 = 59 975.00; + 1 250.00 + 1 750.00 = 62 975.00;
    // − 8 125.00 = 54 850.00; + 1.37 = 54 851.37
    assert.deepEqual(told(await readAll(MONTH, RULES)), [
      '2026-05-15 10000.00 → 59975.00: transfer 50000.00 KEDJA, fee -25.00 PMNT/ICDT/CHRG',
      '2026-05-20 59975.00 → 62975.00: card-settlement 1250.00 PMNT/MCRD/POSP, ' +
        'card-settlement 1750.00 PMNT/MCRD/POSP',
      '2026-05-29 62975.00 → 54850.00: invoice -8125.00 PMNT/ICDT/DMCT 1234566',
      '2026-05-31 54850.00 → 54851.37: interest 1.37 ACMT/MCOP/INTR',
    ]);
  });

  it('numbers its entries by their place in the day and the bank’s reference', async () => {
    const ids = statementsOf(await readAll(MONTH)).map(({ entries }) =>
      entries.map(({ id }) => id),
    );
    assert.deepEqual(ids, [
      ['1 B515-01', '2 B515-02'],
      ['1 B520-01A', '2 B520-01B'],
      ['1 B529-01'],
      ['1 B531-01'],
    ]);
  });

  it('tells what the bank has not booked yet, and books none of it', async () => {
    const notices = (await readAll(MONTH)).filter(({ kind }) => kind === 'notice');
    assert.deepEqual(notices, [
      {
        kind: 'notice',
        notice: {
          code: 'entries-pending',
          account: 'SE4550000000058398257466',
          count: 1,
          total: kr('-99'),
        },
      },
    ]);
  });

  it('leaves what nobody has a rule for to a person', async () => {
    const [first] = statementsOf(await readAll(MONTH));
    assert.deepEqual(
      first?.entries.map(({ kind, text, counterparty }) => [kind, text, counterparty]),
      [
        ['other', 'ÖVERFÖRING KEDJEKONTO-1234', 'Kedjan Avräkning'],
        ['fee', '', null],
      ],
    );
  });

  it('that does not come to its closing balance is doubted, each day of it', async () => {
    const readings = standing(await readAll(MONTH.replace('54851.37', '54850.37')));
    assert.equal(readings.length, 4);
    for (const { doubts, extract } of readings) {
      assert.deepEqual(doubts, [
        {
          code: 'statement-does-not-balance',
          account: 'SE4550000000058398257466',
          opening: kr('10 000'),
          moved: kr('44 851.37'),
          closing: kr('54 850.37'),
          difference: kr('-1'),
        },
      ]);
      // A day read alone says the same of the whole that it was of.
      assert.deepEqual(standing(await readAll(extract))[0]?.doubts, doubts);
    }
  });

  it('is compared with every closing balance that it states', async () => {
    const inner =
      '<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">62975.01</Amt>' +
      '<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-05-22</Dt></Dt></Bal>';
    const [first] = standing(await readAll(MONTH.replace('<Ntry>', `${inner}<Ntry>`)));
    assert.deepEqual(first?.doubts[0], {
      code: 'statement-does-not-balance',
      account: 'SE4550000000058398257466',
      opening: kr('10 000'),
      moved: kr('52 975'),
      closing: kr('62 975.01'),
      difference: kr('0.01'),
    });
  });

  it('counts back from its closing balance when that is all it states', async () => {
    const noOpening = MONTH.replace('<Cd>OPBD</Cd>', '<Cd>OPAV</Cd>');
    assert.match(told(await readAll(noOpening))[0] ?? '', /^2026-05-15 10000\.00 → 59975\.00/);
    const none = noOpening.replace('<Cd>CLBD</Cd>', '<Cd>ITBD</Cd>');
    assert.match(told(await readAll(none))[0] ?? '', /^2026-05-15 \? → \?/);
  });
});

describe('statements', () => {
  it('of several accounts, in an old version with prefixes, stand side by side', async () => {
    const readings = await readAll(fixture('tva-konton-v02-latin1.xml'));
    // −200.00 + 1 500.00 = 1 300.00; 75.50 − 100.00 + 75.00 = 50.50
    assert.deepEqual(told(readings), [
      '2026-05-04 -200.00 → 1300.00: other 1500.00 071',
      '2026-05-04 75.50 → 50.50: other -100.00 071, other 75.00 071',
    ]);
    assert.equal(statementsOf(readings)[1]?.entries[0]?.text, 'Autogiro lås & larm');
  });

  it('without entries say what there is', async () => {
    const empty = MONTH.replace(/<Ntry>[\s\S]*<\/Ntry>/, '').replace('54851.37', '10000.00');
    assert.deepEqual(told(await readAll(empty)), ['2026-05-31 ? → ?: '].map(withBalance));
  });

  it('of another account than the company’s are not taken', async () => {
    const readings = await readAll(MONTH, { accounts: ['SE99 1111'] });
    assert.deepEqual(codesOf(readings), ['unknown-value']);
    const own = await readAll(MONTH, { accounts: ['se45 5000 0000 0583 9825 7466'] });
    assert.equal(standing(own).length, 4);
  });

  it('in a currency that the hub does not book in are unreadable', async () => {
    const readings = await readAll(MONTH.replaceAll('SEK', 'CHF'));
    assert.deepEqual(codesOf(readings), ['unknown-value']);
  });

  it('name everything that is wrong with them, with places', async () => {
    const broken = MONTH.replace('>25.00<', '>25,00<').replace(
      '<BookgDt><Dt>2026-05-29</Dt></BookgDt>',
      '<BookgDt><Dt>2026-05-32</Dt></BookgDt>',
    );
    const problems = problemsOf(await readAll(broken));
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [
        ['not-a-number', 18],
        ['not-a-date', 31],
      ],
    );
  });

  it('that give one day twice with other entries give it neither way', async () => {
    const [, statement = ''] = /(<Stmt>[\s\S]*<\/Stmt>)/.exec(MONTH) ?? [];
    const twice = MONTH.replace('</Stmt>', `</Stmt>${statement}`);
    assert.equal(standing(await readAll(twice)).length, 4);
    const other = MONTH.replace('</Stmt>', `</Stmt>${statement.replace('B529-01', 'B529-09')}`);
    const readings = await readAll(other);
    assert.deepEqual(codesOf(readings), ['identity-differs']);
    assert.equal(standing(readings).length, 3);
  });

  it('that are another message, or no XML, are not ours', async () => {
    const other = MONTH.replaceAll('camt.053', 'camt.054');
    assert.deepEqual(codesOf(await readAll(other)), ['format-unknown']);
    assert.deepEqual(codesOf(await readAll('datum;belopp\n')), ['format-unknown']);
    // Nobody reads a till's whole journal to find that it is no statement.
    let read = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<journal>');
      for (; read < 1_000; read += 1) yield Buffer.from('<receipt>1</receipt>'.repeat(1_000));
    };
    const files = camtFiles(settingsSchema.parse({}));
    const journal = await Array.fromAsync(files.read({ name: 'any', open: endless }));
    assert.deepEqual(codesOf(journal), ['format-unknown']);
    assert.ok(read < 10, `${read} pieces were read`);
    assert.deepEqual(codesOf(await readAll(MONTH.slice(0, -30))), ['file-truncated']);
    const doctype = MONTH.replace('<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document');
    assert.deepEqual(codesOf(await readAll(doctype)), ['markup']);
  });
});

describe('entries', () => {
  it('that pay several invoices name all of them', async () => {
    const several =
      '<Strd><RfrdDocInf><Nb>7004512881</Nb></RfrdDocInf></Strd>' +
      '<Strd><RfrdDocInf><Nb>7004513002</Nb></RfrdDocInf></Strd><Strd>';
    const readings = await readAll(MONTH.replace('<RmtInf><Strd>', `<RmtInf>${several}`));
    const entry = statementsOf(readings)[2]?.entries[0];
    assert.deepEqual(entry?.invoices, ['7004512881', '7004513002']);
    assert.equal(entry?.kind, 'invoice');
  });

  it('whose transactions do not come to their amount are one', async () => {
    const readings = await readAll(MONTH.replace('>1750.00<', '>1751.00<'));
    const [, second] = statementsOf(readings);
    assert.deepEqual(
      second?.entries.map(({ id, amount }) => [id, amount]),
      [['1 B520-01', kr('3 000')]],
    );
  });

  it('that take a payment back pay no invoice', async () => {
    const readings = await readAll(
      MONTH.replace(
        '<Amt Ccy="SEK">8125.00</Amt>',
        '<Amt Ccy="SEK">8125.00</Amt><RvslInd>true</RvslInd>',
      ),
    );
    assert.equal(statementsOf(readings)[2]?.entries[0]?.kind, 'other');
  });
});

describe('a published sample', { skip: skipWithout(SAMPLE) }, () => {
  it('gives the two payments of its batch', async () => {
    const readings = await readAll(readFileSync(SAMPLE, 'utf8').replaceAll('CHF', 'SEK'));
    // 75 960.15 + 2 187.00 + 1 296.00 = 79 443.15, the stated closing balance of the day after.
    assert.deepEqual(told(readings), [
      '2017-03-22 75960.15 → 79443.15: other 2187.00 PMNT/RCDT/AUTT 302388292000011111111111111, ' +
        'other 1296.00 PMNT/RCDT/AUTT 302388292000022222222222222',
    ]);
    assert.deepEqual(standing(readings)[0]?.doubts, []);
  });
});

/** A statement without entries knows its balances all the same. */
function withBalance(text: string): string {
  return text.replace('? → ?', '10000.00 → 10000.00');
}
