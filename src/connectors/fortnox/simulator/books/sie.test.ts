import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import iconv from 'iconv-lite';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, voucherBody, type Company } from '../test-client.ts';
import { encodeCp437 } from './cp437.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  company = companyIn(simulator, {
    name: 'Åbergs Möbler AB',
    opening: { '1930': 1000, '2099': -1000 },
    objects: {
      costcenters: [{ Code: 'BUT', Description: 'Butiken', Active: true }],
      projects: [{ ProjectNumber: 'P 1', Description: 'Mässan', Status: 'ONGOING' }],
    },
  });
});
after(() => simulator.stop());

function lines(bytes: Uint8Array): string[] {
  return iconv.decode(Buffer.from(bytes), 'cp437').split('\r\n').slice(0, -1);
}

async function exported(path: string): Promise<string[]> {
  const reply = await company.get(path);
  assert.equal(reply.status, 200);
  return lines(reply.bytes);
}

describe('GET sie', () => {
  test('writes the head in the order of Fortnox', async () => {
    const file = await exported('sie/4?financialyear=2');
    assert.deepEqual(file.slice(0, 13), [
      '#FLAGGA 0',
      '#FORMAT PC8',
      '#SIETYP 4',
      '#PROGRAM "Fortnox" 3.57',
      '#GEN 20250514',
      `#FNR ${company.tenant.id}`,
      '#FNAMN "Åbergs Möbler AB"',
      '#ADRESS "Anna Åberg" "Storgatan 1" "352 30 Växjö" "0470-100 00"',
      '#RAR 0 20250101 20251231',
      '#RAR -1 20240101 20241231',
      '#ORGNR 555555-5555',
      '#OMFATTN 20251231',
      '#KPTYP EUBAS97',
    ]);
  });

  test('writes vouchers with their objects', async () => {
    await company.post(
      'vouchers',
      voucherBody({
        Description: 'Z 17 Växjö',
        TransactionDate: '2025-05-06',
        VoucherRows: [
          { Account: 1930, Debit: 1.85 },
          {
            Account: 3001,
            Credit: 1.85,
            CostCenter: 'BUT',
            Project: 'P 1',
            Quantity: 2,
            TransactionInformation: 'Stol',
          },
        ],
      }),
    );
    const file = await exported('sie/4?financialyear=2');
    assert.deepEqual(file.slice(file.indexOf('#VER A 1 20250506 "Z 17 Växjö" 20250514')), [
      '#VER A 1 20250506 "Z 17 Växjö" 20250514',
      '{',
      '#TRANS 1930 {} 1.85 "" "" 0',
      '#TRANS 3001 {1 "BUT" 6 "P 1"} -1.85 "" "Stol" 2',
      '}',
    ]);
    assert.ok(file.includes('#OBJEKT 1 "BUT" "Butiken"'));
    assert.ok(file.includes('#OBJEKT 6 "P 1" "Mässan"'));
  });

  test('carries balances from the opening over both years', async () => {
    await company.post('vouchers', voucherBody({ TransactionDate: '2024-06-01' }, 500));
    await company.post('vouchers', voucherBody({}, 100));
    const file = await exported('sie/1?financialyear=2');
    const balances = file.filter((line) => /^#(IB|UB|RES) \S+ (1930|3001) /.test(line));
    assert.deepEqual(balances.sort(), [
      '#IB -1 1930 1000.00',
      '#IB 0 1930 1500.00',
      '#RES -1 3001 -500.00',
      '#RES 0 3001 -100.00',
      '#UB -1 1930 1500.00',
      '#UB 0 1930 1600.00',
    ]);
    assert.ok(file.includes('#KONTO 3001 "Försäljning inom Sverige, 25 % moms"'));
  });

  test('ends early when it is asked to', async () => {
    await company.post('vouchers', voucherBody({ TransactionDate: '2025-01-31' }, 10));
    await company.post('vouchers', voucherBody({ TransactionDate: '2025-02-01' }, 20));
    const file = await exported('sie/4?financialyear=2&todate=2025-01-31');
    assert.equal(file.filter((line) => line.startsWith('#VER')).length, 1);
    assert.ok(file.includes('#UB 0 1930 1010.00'));
    assert.ok(file.includes('#OMFATTN 20250131'));
  });

  test('comes in four types', async () => {
    await company.post('vouchers', voucherBody());
    const labels = async (type: number): Promise<string[]> => {
      const file = await exported(`sie/${type}`);
      return [...new Set(file.map((line) => line.split(' ')[0] ?? ''))].slice(13);
    };
    assert.deepEqual(
      await labels(1),
      ['#SRU', '#IB', '#UB', '#RES'].filter(() => true),
    );
    assert.ok((await labels(2)).includes('#PSALDO'));
    assert.ok((await labels(3)).includes('#DIM'));
    assert.ok((await labels(4)).includes('#VER'));
    assert.equal((await company.get('sie/5')).status, 404);
  });
});

describe('encodeCp437', () => {
  test('agrees with iconv on every character of the page', () => {
    for (let byte = 0x20; byte < 0x100; byte += 1) {
      if (byte === 0x7f) continue;
      const character = iconv.decode(Buffer.from([byte]), 'cp437');
      assert.deepEqual([...encodeCp437(character)], [byte], character);
    }
  });

  test('writes something near for what the page lacks', () => {
    assert.equal(Buffer.from(encodeCp437('5 € – ’ 🙂')).toString('latin1'), "5 EUR - ' ?");
  });
});
