import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  DEFAULT_CLIENT,
  startFortnoxSimulator,
  type FortnoxSimulator,
} from '../../src/connectors/fortnox/simulator/simulator.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { runChild, type Ended } from './child.ts';
import { commandAlone } from './command.ts';
import { YEARS } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const TITLE = `Dagsrapport ${DAY} butik 1234 kassa 1 Z-5`;
const NAME = 'Kommando AB';

/** An escape character begins every colour. */
const ESCAPE = '\u001b';

let home: string;
before(() => {
  home = newFolder();
});
after(() => removeFolder(home));

/** Runs a command on the temporary home. Whatever it is, it writes no colour into a pipe. */
async function bokbro(...argv: readonly string[]): Promise<Ended> {
  const env = { BOKBRO_HOME: home, BOKBRO_LANG: 'en', BOKBRO_SECRET_CLIENTSECRET: 'bokbro-secret' };
  const ended = await runChild(env, ...argv);
  assert.ok(!`${ended.out}${ended.err}`.includes(ESCAPE), `${argv.join(' ')} writes colours`);
  return ended;
}

function file(name: string, content: string): string {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
}

describe('--help', () => {
  /** Names of the commands below one, from its own help. */
  function commandsIn(help: string): readonly string[] {
    const [, list = ''] = help.split(/^Commands:\n/m);
    const names = [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name);
    return names.filter((name) => name !== 'help');
  }

  async function helpOf(path: readonly string[]): Promise<readonly string[]> {
    const { code, out, err } = await commandAlone(home, ...path, '--help');
    const name = ['bokbro', ...path].join(' ');
    assert.deepEqual([code, err], [0, ''], name);
    assert.ok(out.startsWith(`Usage: ${name} `), out.slice(0, 80));
    const below: (readonly string[])[] = [];
    for (const own of commandsIn(out)) below.push(await helpOf([...path, own]));
    return [name, ...below.flat()];
  }

  it('is there for every command and touches nothing', async () => {
    const { out } = await bokbro('--help');
    assert.equal(out, (await commandAlone(home, '--help')).out);
    const known = await helpOf([]);
    assert.deepEqual(known, [
      'bokbro',
      'bokbro plan',
      'bokbro import',
      'bokbro held',
      'bokbro held show',
      'bokbro held resolve',
      'bokbro sync',
      'bokbro missing',
      'bokbro missing dismiss',
      'bokbro missing expect',
      'bokbro closed',
      'bokbro closed add',
      'bokbro closed remove',
      'bokbro files',
      'bokbro files retry',
      'bokbro files aside',
      'bokbro schedule',
      'bokbro schedule add',
      'bokbro schedule remove',
      'bokbro schedule run',
      'bokbro balances',
      'bokbro reconcile',
      'bokbro export',
      'bokbro export sie',
      'bokbro sie',
      'bokbro sie read',
      'bokbro doctor',
      'bokbro company',
      'bokbro company add',
      'bokbro company list',
      'bokbro key',
      'bokbro connect',
      'bokbro fetch',
      'bokbro fetch sftp',
      'bokbro fetch mail',
      'bokbro fetch list',
      'bokbro fetch test',
      'bokbro fetch now',
      'bokbro fetch remove',
      'bokbro flow',
      'bokbro flow add',
      'bokbro flow set',
      'bokbro flow show',
      'bokbro flow coding',
      'bokbro firm',
      'bokbro firm set',
      'bokbro people',
      'bokbro people list',
      'bokbro people invite',
      'bokbro people withdraw',
      'bokbro people role',
      'bokbro people remove',
      'bokbro people sign-out',
      'bokbro keys',
      'bokbro keys list',
      'bokbro keys end',
      'bokbro webhooks',
      'bokbro webhooks list',
      'bokbro webhooks add',
      'bokbro webhooks on',
      'bokbro webhooks off',
      'bokbro webhooks end',
      'bokbro webhooks secret',
      'bokbro webhooks test',
      'bokbro webhooks messages',
      'bokbro webhooks replay',
      'bokbro audit',
      'bokbro audit verify',
      'bokbro start',
      'bokbro worker',
      'bokbro demo',
    ]);
  });
});

describe('bad use', () => {
  const uses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['bookkeep'], /^error: unknown command 'bookkeep'/],
    ['an unknown option', ['held', '--loud'], /^error: unknown option '--loud'/],
    ['an option that is missing', ['import', 'z.csv'], /^error: required option '--from <system>'/],
    [
      'a file that is not there',
      ['plan', 'z.csv', '--from', 'minbutik'],
      /^There is no file z\.csv/,
    ],
    ['a system that is not known', ['plan', '.', '--from', 'x'], /^\. is a folder\.\n$/],
    [
      'a ledger that takes no files',
      ['import', 'package.json', '--from', 'minbutik', '--to', 'x'],
      /^--to takes only "sie"/,
    ],
  ];
  for (const [what, argv, says] of uses) {
    it(`ends with 2 and says why: ${what}`, async () => {
      const { code, out, err } = await bokbro(...argv);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
    });
  }
});

describe('plan', () => {
  it('gives the rows, the calls and the reasons as JSON, and ends with 0', async () => {
    const path = file('plan.csv', tillFile(smallDay({ day: DAY, number: 'Z-5' })));
    const { code, out, err } = await bokbro('plan', path, '--from', 'minbutik', '--json');
    assert.deepEqual([code, err], [0, '']);
    const [item, ...others] = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(item ?? {}), [
      'document',
      'outcome',
      'notices',
      'postings',
      'steps',
      'files',
      'refusals',
    ]);
    assert.deepEqual([item?.['outcome'], item?.['refusals']], ['plan', []]);
    assert.deepEqual(item?.['document'], {
      kind: 'day-report',
      key: `minbutik/1234/${DAY}:1:Z-5`,
      ref: { system: 'minbutik', account: '1234', id: `${DAY}:1:Z-5` },
      currency: 'SEK',
      date: DAY,
      storeNumber: '1234',
      register: '1',
      reportNumber: 'Z-5',
    });
    // 1 000.00 with VAT 200.00: debit is positive, in öre, as text.
    const row = (account: string, minor: string, text: string, role: string, why: string) => {
      const reason = `${why} enligt baskontoplanen`;
      return { account, minor, text, reason, role };
    };
    assert.deepEqual(item?.['postings'], [
      {
        date: DAY,
        text: TITLE,
        currency: 'SEK',
        rows: [
          row(
            '3001',
            '-80000',
            'Försäljning 25 %',
            'sales.25',
            '50 Hygien · Försäljning 25\u00a0%',
          ),
          row('2611', '-20000', 'Moms 25 %', 'vat.25', 'Hygien · Moms 25\u00a0%'),
          row('1580', '100000', 'Kort', 'tender.card', 'KORT Kontokort · Betalkort'),
        ],
      },
    ]);
    const steps = item?.['steps'] as { readonly call: string }[];
    assert.deepEqual(
      steps.map((step) => step.call),
      ['POST /3/vouchers', 'POST /3/inbox?path=inbox_v', 'POST /3/voucherfileconnections'],
    );
  });

  it('ends with 1 when something is held, which it tells with its numbers', async () => {
    const rows = ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'];
    const path = file('held.csv', tillFile({ day: DAY, number: 'Z-5', rows }));
    const { code, out } = await bokbro('plan', path, '--from', 'minbutik', '--json');
    assert.equal(code, 1);
    const [item] = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual([item?.['outcome'], item?.['postings']], ['held', []]);
    const sek = (minor: string) => ({ minor, currency: 'SEK' });
    assert.deepEqual(item?.['refusals'], [
      {
        code: 'does-not-balance',
        taken: sek('100000'),
        accounted: sek('90000'),
        difference: sek('10000'),
        message:
          'The report does not balance: taken in 1\u00a0000.00, accounted for 900.00, difference ' +
          '100.00. Ask the store for a corrected report, or choose the account that the ' +
          'difference belongs on.',
      },
    ]);
  });

  it('tells a report that stands in two files as seen', async () => {
    const content = tillFile(smallDay({ day: DAY, number: 'Z-5' }));
    const paths = [file('one.csv', content), file('two.csv', content)];
    const { code, out } = await bokbro('plan', ...paths, '--from', 'minbutik', '--json');
    assert.equal(code, 0);
    const outcomes = (JSON.parse(out) as { readonly outcome: string }[]).map((i) => i.outcome);
    assert.deepEqual(outcomes, ['plan', 'seen']);
  });
});

describe('import --to sie', () => {
  it('writes vouchers that sie read reads, and needs no company', async () => {
    const path = file('day.csv', tillFile(smallDay({ day: DAY, number: 'Z-5' })));
    const sie = join(home, 'day.si');
    const to = ['--to', 'sie', '--out', sie, '--name', NAME];
    const written = await bokbro('import', path, '--from', 'minbutik', ...to);
    assert.deepEqual([written.code, written.out], [0, `1 vouchers written to ${sie}\n`]);
    const text = readFileSync(sie, 'latin1');
    assert.match(text, /#VER .* 20261005 "Dagsrapport 2026-10-05 butik 1234 kassa 1 Z-5"/);
    assert.match(text, /#TRANS 3001 \{\} -800\.00/);
    assert.match(text, /#TRANS 2611 \{\} -200\.00/);
    assert.match(text, /#TRANS 1580 \{\} 1000\.00/);

    const read = await bokbro('sie', 'read', sie, '--json');
    assert.equal(read.code, 0);
    const summary = JSON.parse(read.out) as Record<string, unknown>;
    const { type, vouchers, rows, unbalanced, accounts } = summary;
    assert.deepEqual(
      { type, vouchers, rows, unbalanced, accounts },
      {
        type: '4I',
        vouchers: 1,
        rows: 3,
        unbalanced: 0,
        accounts: 3,
      },
    );
  });

  it('ends with 1 and writes the others when something is held', async () => {
    const rows = ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'];
    const content = tillFile(
      { day: DAY, number: 'Z-5', rows },
      smallDay({ day: '2026-10-06', number: 'Z-6' }),
    );
    const path = file('half.csv', content);
    const to = ['--to', 'sie', '--out', join(home, 'half.si')];
    const { code, out } = await bokbro('import', path, '--from', 'minbutik', ...to);
    assert.equal(code, 1);
    assert.match(out, /The report does not balance: .*\n/);
    assert.match(out, /\n1 vouchers written to /);
    const json = await bokbro('import', path, '--from', 'minbutik', ...to, '--json');
    assert.equal(json.code, 1);
    const { vouchers, notBooked } = JSON.parse(json.out) as {
      readonly vouchers: number;
      readonly notBooked: { readonly refusals: { readonly code: string }[] }[];
    };
    assert.equal(vouchers, 1);
    const codes = notBooked.map(({ refusals }) => refusals.map((refusal) => refusal.code));
    assert.deepEqual(codes, [['does-not-balance']]);
  });
});

describe('a company, from its first command to the proof', () => {
  let simulator: FortnoxSimulator;
  let tenantId: number;
  before(async () => {
    simulator = await startFortnoxSimulator({ rate: null });
    const tenant = simulator.tenants.add({ name: NAME, years: YEARS });
    tenant.set({ series: [{ code: 'K', isManual: true }] });
    tenant.grant({ isService: true });
    tenantId = tenant.id;
  });
  after(() => simulator.stop());

  const done = async (...argv: readonly string[]): Promise<string> => {
    const { code, out, err } = await bokbro(...argv);
    assert.equal(code, 0, `${argv.join(' ')}: ${out}${err}`);
    return out;
  };

  it('is told what is missing before it is there', async () => {
    const path = file('early.csv', tillFile(smallDay({ day: DAY })));
    const { code, err } = await bokbro('import', path, '--from', 'minbutik');
    assert.deepEqual(
      [code, err],
      [2, 'There is no company yet. Add one: bokbro company add NAME\n'],
    );
  });

  it('is set up', async () => {
    await done('company', 'add', NAME);
    const settings = {
      clientId: DEFAULT_CLIENT.id,
      tenantId: String(tenantId),
      apiUrl: simulator.apiUrl,
      authUrl: simulator.authUrl,
    };
    const set = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    await done('connect', 'fortnox', ...set, '--no-consent');
    await done('connect', 'minbutik', '--store', '1234');
    const choices = ['--set', 'series=K', '--set', 'attachFile=false'];
    await done('flow', 'add', 'minbutik', 'fortnox', ...choices);
    assert.equal(
      await done('company', 'list'),
      `${NAME}\n  fortnox: fortnox\n  minbutik: minbutik\n  minbutik → fortnox, automatic\n`,
    );
    const again = await bokbro('company', 'add', NAME);
    assert.deepEqual([again.code, again.err], [2, `There is a company “${NAME}” already.\n`]);
  });

  it('imports a file: one report is booked, one is held', async () => {
    const rows = ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'];
    const content = tillFile(smallDay({ day: DAY, number: 'Z-5' }), {
      day: '2026-10-06',
      number: 'Z-6',
      rows,
    });
    const path = file('two-days.csv', content);
    const { code, out } = await bokbro('import', path, '--from', 'minbutik', '--json');
    assert.equal(code, 1);
    const report = JSON.parse(out) as {
      readonly documents: { readonly state: string; readonly booked: string | null }[];
    };
    assert.deepEqual(
      report.documents.map(({ state, booked }) => [state, booked]),
      [
        ['done', 'K 1'],
        ['held', null],
      ],
    );
    const again = await bokbro('import', path, '--from', 'minbutik');
    assert.equal(again.code, 0, 'there is nothing new in it');
    assert.match(again.out, /the same file was taken in before; nothing is new/);
  });

  it('shows what is held and settles it', async () => {
    const held = await bokbro('held', '--json');
    assert.equal(held.code, 1);
    const [one] = JSON.parse(held.out) as { readonly id: string; readonly state: string }[];
    assert.equal(one?.state, 'held');
    const id = one?.id ?? '';
    const none = await bokbro('held', 'resolve', id);
    assert.deepEqual([none.code, none.out], [2, '']);
    const settled = await bokbro('held', 'resolve', id, '--account', '6991');
    assert.deepEqual(
      [settled.code, settled.out],
      [0, `1 settled.\n${id}  2026-10-06 store 1234 till 1 Z-6: booked as K 2\n`],
    );
    assert.equal(await done('held'), 'Nothing waits for you.\n');
  });

  it('proves that source, hub and ledger agree', async () => {
    const days = ['--from', '2026-10-01', '--to', '2026-10-31'];
    const { code, out } = await bokbro('reconcile', ...days, '--json');
    const result = JSON.parse(out) as {
      readonly counts: unknown;
      readonly trialBalance: string;
      readonly differences: unknown[];
      readonly rows: { readonly what: string }[];
    };
    assert.deepEqual(result.counts, {
      documents: 2,
      booked: 2,
      open: 0,
      skipped: 0,
      vouchers: 2,
    });
    assert.equal(result.trialBalance, '0');
    assert.equal(code, 0);
    assert.deepEqual(result.differences, []);
    // The report of the 6th does not balance: the 100.00 that a person put on 6991 stand apart.
    assert.deepEqual(
      result.rows.filter(({ what }) => what === 'difference'),
      [{ day: '2026-10-06', what: 'difference', source: '0', hub: '10000', ledger: '10000' }],
    );
  });

  it('exports what was booked, with both vouchers', async () => {
    const path = join(home, 'booked.si');
    assert.equal(await done('export', 'sie', '--out', path), `2 vouchers written to ${path}\n`);
    const text = readFileSync(path, 'latin1');
    assert.equal(text.match(/^#VER /gm)?.length, 2);
    assert.match(text, /#TRANS 6991 \{\} 100\.00/);
  });

  it('is examined by the doctor', async () => {
    const { code, out } = await bokbro('doctor');
    assert.equal(code, 0, out);
    assert.match(out, /✓ Booked: 2 documents\n/);
    assert.match(out, /✓ At a power cut: nothing is lost\n/);
    simulator.tenants.get(tenantId).withdrawConsent();
    simulator.tenants.get(tenantId).expireAccessTokens();
    const sick = await bokbro('doctor', '--json');
    assert.equal(sick.code, 1);
    assert.match(sick.out, /"item": "connection",\n +"state": "problem"/);
  });
});
