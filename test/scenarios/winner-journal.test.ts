import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JournalFile } from '../../src/connectors/winner/simulator/journal/journal.ts';
import type { Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { WinnerSimulator } from '../../src/connectors/winner/simulator/simulator.ts';
import { present } from '../../src/lib/assert.ts';
import { listConnections } from '../../src/store/registry.ts';
import { command } from './command.ts';
import { QUOTE_LEDGERS, type QuoteBooks } from './quote-ledgers.ts';
import { KITCHEN } from './quote-stage.ts';
import { startStage, statesOf, take, today, until, type Stage } from './stage.ts';

const ID = 'winner:24017:alt:3';

/** A kitchen for 150 500.00, so that no part of it is less than an øre. */
const ROUND: Project = {
  ...KITCHEN,
  alternatives: KITCHEN.alternatives.map((one) => ({ ...one, groups: one.groups.slice(0, 2) })),
};

/** A fifth of it, 30 100.00, is invoiced; 3 000.00 of that is taken back, and the rest is paid. */
async function journal(locale: 'nb' | 'sv'): Promise<readonly JournalFile[]> {
  const winner = new WinnerSimulator({ projects: [ROUND] });
  const date = today();
  await winner.accept('24017', { alternatives: [3], date });
  winner.draft(ID, 1);
  const number = winner.print(ID, 1, { date });
  winner.credit(number, '3000', date);
  winner.pay(number, { amount: '27100', date });
  return winner.exportJournal({ from: date, to: date, locale });
}

/** KOK on an account of its own: 19 600.00 of the 24 080.00, less 1 953.49. */
const BY_GROUP = {
  SEK: { group: '3002', sums: { '2611': -5_420_00, '3001': -4_033_49, '3002': -17_646_51 } },
  NOK: { group: '3020', sums: { '2700': -5_420_00, '3000': -4_033_49, '3020': -17_646_51 } },
} as const;

/** 24 080.00 and VAT 6 020.00, less 2 400.00 and VAT 600.00; nothing is owed at the end. */
const EXPECTED = {
  SEK: { '1510': 0, '1930': 27_100_00, '2611': -5_420_00, '3001': -21_680_00 },
  NOK: { '1500': 0, '1920': 27_100_00, '2700': -5_420_00, '3000': -21_680_00 },
} as const;

describe('the invoice journal of a Winner that numbers its invoices', () => {
  let stage: Stage;
  const opened: QuoteBooks[] = [];
  before(async () => {
    stage = await startStage();
  });
  after(async () => {
    await stage.stop();
    for (const books of opened) await books.stop();
  });

  /** A dealer whose journal is taken in. */
  async function dealer(
    { name, currency, open }: (typeof QUOTE_LEDGERS)[number],
    ...set: readonly string[]
  ) {
    const books = await open(stage, name);
    opened.push(books);
    const company = ['--company', books.company.name];
    for (const said of [
      await command(stage, 'connect', 'winner', ...company, '--set', `currency=${currency}`),
      await command(stage, 'flow', 'add', 'winner', books.target, ...company, ...set),
    ]) {
      assert.equal(said.code, 0, said.out + said.err);
    }
    const connections = await listConnections(stage.hub.database.db, books.company.id);
    const source = present(
      connections.find(({ connector }) => connector === 'winner'),
      'the dealer',
    );
    return { books, source };
  }

  /** Takes files in, and waits until nothing of them is on its way. */
  async function takeAll(
    { books, source }: Awaited<ReturnType<typeof dealer>>,
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  ): Promise<readonly string[]> {
    for (const { name, bytes } of files) await take({ stage, source }, { name, content: bytes });
    const states = () => statesOf({ stage, company: books.company });
    await until(async () => (await states()).every((state) => !/waiting|sending/.test(state)));
    return states();
  }

  for (const ledger of QUOTE_LEDGERS) {
    const { name, currency } = ledger;
    const locale = currency === 'SEK' ? 'sv' : 'nb';

    it(`is booked in ${name} to the last øre, once, and nothing is sent`, async () => {
      const at = await dealer({ ...ledger, name: `Kök ${name}` });
      const files = await journal(locale);
      assert.deepEqual(await takeAll(at, [...files, ...files]), ['done', 'done', 'done']);
      const sums = at.books.sums();
      const { [currency]: expected } = EXPECTED;
      assert.deepEqual(
        Object.keys(expected).map((account) => [account, sums[account] ?? 0]),
        Object.entries(expected),
      );
      assert.equal(at.books.sent(), 0);
    });

    it(`has each product group on its account in ${name}, in one file`, async () => {
      const { group, sums: expected } = BY_GROUP[currency];
      const own = ['--account', `sales.25/KOK=${group}`];
      const at = await dealer({ ...ledger, name: `Grupper ${name}` }, ...own);
      const files = await journal(locale);
      const bytes = Buffer.concat(files.map((file) => file.bytes));
      const whole = { name: 'journal.csv', bytes };
      assert.deepEqual(await takeAll(at, [whole, whole]), ['done', 'done', 'done']);
      const sums = at.books.sums();
      assert.deepEqual(
        Object.keys(expected).map((account) => [account, sums[account] ?? 0]),
        Object.entries(expected),
      );
    });
  }
});
