import type { Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { WinnerSimulator } from '../../src/connectors/winner/simulator/simulator.ts';
import { openServer } from '../../src/web/server.ts';
import { command } from './command.ts';
import type { QuoteBooks, QuoteLedger } from './quote-ledgers.ts';
import { startStage, statesOf, type Stage } from './stage.ts';

/** A kitchen in Malmö: a fifth when it is ordered, the rest on delivery. */
export const KITCHEN: Project = {
  number: '24017',
  name: 'Kök Hansson, Lyngvägen 4',
  customer: {
    ...{ number: '10552', type: 'private', name: 'Ola Hansson', email: 'ola@example.se' },
    address: { line1: 'Lyngvägen 4', postalCode: '21420', city: 'Malmö', country: 'SE' },
  },
  alternatives: [
    {
      number: 3,
      groups: [
        { code: 'KOK', name: 'Köksinredning', gross: '122500.00', vatRate: 25 },
        { code: 'BAN', name: 'Bänkskivor', gross: '28000.00', vatRate: 25 },
        { code: 'MON', name: 'Montering', gross: '22937.55', vatRate: 25 },
      ],
      calendar: [
        { type: 'prepayment', basis: 'percent', percent: '20', label: 'Vid beställning' },
        { type: 'final', basis: 'percent', percent: '80', label: 'Vid leverans' },
      ],
    },
  ],
};

/** A dealer with a Winner that pushes to the hub. */
export type Dealer = {
  readonly books: QuoteBooks;
  readonly winner: WinnerSimulator;
  readonly key: string;
  /** `state code code …` of each delivery. */
  states(): Promise<readonly string[]>;
};

/** A hub with its HTTP server, and dealers who have their books in one kind of ledger. */
export type QuoteStage = {
  readonly stage: Stage;
  readonly pushUrl: string;
  dealer(choices?: readonly string[]): Promise<Dealer>;
  stop(): Promise<void>;
};

export async function startQuoteStage(ledger: QuoteLedger): Promise<QuoteStage> {
  const stage = await startStage();
  const server = await openServer({ host: '127.0.0.1', port: 0 });
  server.ready(stage.hub);
  const opened: QuoteBooks[] = [];
  const url = `${server.url}/v1/connections/winner/quotes`;
  const dealer = async (choices: readonly string[] = []): Promise<Dealer> => {
    const books = await ledger.open(stage, `Kök ${opened.length + 1} AS`);
    opened.push(books);
    const company = ['--company', books.company.name];
    const set = choices.flatMap((one) => ['--set', one]);
    for (const said of [
      await command(stage, 'connect', 'winner', ...company),
      await command(stage, 'flow', 'add', 'winner', books.target, ...company, ...set),
    ]) {
      if (said.code !== 0) throw new Error(said.out + said.err);
    }
    const key = (await command(stage, 'key', 'winner', ...company)).out.trim();
    const winner = new WinnerSimulator({
      address: { url, key },
      currency: books.currency,
      projects: [KITCHEN],
      nowMs: () => stage.hub.clock.nowMs(),
    });
    return { books, winner, key, states: () => statesOf({ stage, company: books.company }) };
  };
  return {
    stage,
    pushUrl: url,
    dealer,
    stop: async () => {
      await server.close();
      await stage.stop();
      for (const books of opened) await books.stop();
    },
  };
}
