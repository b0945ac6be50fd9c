import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../../src/app/demo/chance.ts';
import { addRigSource, type Rig, type RigCompany } from '../../src/app/demo/rig.ts';
import type { JobSeed } from '../../src/connectors/summa/simulator/desk.ts';
import { ANNUAL_REPORT, CATALOGUE } from '../../src/connectors/summa/simulator/hub-for-test.ts';
import { SummaSimulator } from '../../src/connectors/summa/simulator/simulator.ts';
import { KITCHEN as NORWEGIAN_KITCHEN } from '../../src/connectors/winner/simulator/hub-for-test.ts';
import type { Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { WinnerSimulator } from '../../src/connectors/winner/simulator/simulator.ts';
import { present } from '../../src/lib/assert.ts';
import { addConnection, addFlow } from '../../src/store/registry.ts';
import { makeUploadKey } from '../../src/store/upload-keys.ts';
import { addNorwegian, OCTOBER, tillFiles } from '../scenarios/norway.ts';
import { KATALOG } from '../scenarios/norwegian-house.ts';
import { KITCHEN } from '../scenarios/quote-stage.ts';
import { pick } from './chance.ts';
import { LedgerInFortnox, LedgerInTripletex, type QuoteOrders } from './senders-ledgers.ts';

const FAULTS_OF_LINE = ['lose-answer', 'lose-request', 'twice'] as const;
/** Days that the ledgers have whenever the tests are run. */
const [SWEDISH_NOON_MS, NORWEGIAN_NOON_MS] = [
  Date.parse('2026-10-15T10:00:00Z'),
  Date.parse(`${OCTOBER.from.slice(0, 8)}15T10:00:00Z`),
];
/** Longer than a call of a person's takes effect late, and is shown late. */
const LOOK_AGAIN_MS = 250;
const LOOKS_MAX = 200;
/** Between times that all of it is sent again. */
const RESEND_MS = 100;

/** A printing house's Summa and a kitchen dealer's Winner, which push to one company's connections. */
type Pair = {
  readonly summa: SummaSimulator;
  readonly winner: WinnerSimulator;
  readonly orders: QuoteOrders;
  readonly kitchen: Project;
  readonly alternative: number;
  /** The part payment's account for advances, and its cost centre. */
  readonly advance: { readonly account: string; readonly costCentre: { readonly code: string } };
  /** The job that a part payment is asked for. */
  readonly late: string;
};

/** A file of the Norwegian company's till. */
export type TillFile = {
  readonly name: string;
  readonly text: string;
  readonly connectionId: string;
};

/**
 * Systems that push what they have made, over HTTP: invoices of printing houses and accepted quotes of kitchen
 * dealers, into Fortnox and into Tripletex. A sender that has no answer sends the same again, now alone, now
 * together with others.
 */
export class Senders {
  readonly #pairs: readonly Pair[];
  readonly #tripletex: LedgerInTripletex;
  readonly #files: readonly TillFile[];
  #isSending = false;
  #lineFaults = 0;

  private constructor(of: {
    readonly pairs: readonly Pair[];
    readonly tripletex: LedgerInTripletex;
    readonly files: readonly TillFile[];
  }) {
    this.#pairs = of.pairs;
    this.#tripletex = of.tripletex;
    this.#files = of.files;
  }

  /**
   * Connects them to a company with its books in Fortnox, and to another with its in Tripletex.
   *
   * @param url - where the hub is pushed to
   */
  static async open(
    rig: Pick<Rig, 'hub' | 'simulator'>,
    company: RigCompany,
    url: string,
  ): Promise<Senders> {
    const { hub, simulator } = rig;
    const { db } = hub.database;
    for (const [connector, choices] of CONNECTORS) {
      await addRigSource(rig, company, { connector, choices });
    }
    const swedish = await makeUploadKey(db, {
      ...{ companyId: company.company.id, name: 'senders', scopes: ['files'] },
    });
    const norwegian = await addNorwegian(hub, 'Torture AS');
    norwegian.simulator.setChoices({ vatOnProjectOrder: 'refused' });
    const { target } = norwegian.till.flow;
    const about = { companyId: norwegian.company.id, settings: {} };
    for (const [connector, choices] of CONNECTORS) {
      const source = await addConnection(db, { ...about, connector, name: connector });
      await addFlow(db, { source, target, mode: 'automatic', choices, startDate: null });
    }
    const nordic = await makeUploadKey(db, {
      ...{ companyId: norwegian.company.id, name: 'senders', scopes: ['files'] },
    });
    const pairs = [
      pairOf({ url, key: swedish }, SWEDEN, new LedgerInFortnox(simulator, company.tenantId)),
      pairOf({ url, key: nordic }, NORWAY, new LedgerInTripletex(norwegian)),
    ];
    const files = tillFiles().map(({ name, content }) => {
      return { name, text: content, connectionId: norwegian.till.source.id };
    });
    return new Senders({ pairs, tripletex: new LedgerInTripletex(norwegian), files });
  }

  /** What the Norwegian company's till has reported. */
  get files(): readonly TillFile[] {
    return this.#files;
  }

  /** What happens at the senders while the month is taken in, and twice after that. */
  async act(step: number): Promise<void> {
    for (const pair of this.#pairs) await ACTS[step]?.(pair);
  }

  /** Sends what has no answer again, in the background. @param chance - null: nothing goes wrong */
  sendAgain(chance: Chance | null): void {
    if (this.#isSending || this.areAnswered()) return;
    this.#isSending = true;
    const all = this.#pairs.map(({ summa, winner }) => {
      if (chance !== null) this.#disturb({ summa, winner }, chance);
      const isTogether = chance !== null && chance() < 0.3;
      return Promise.all([isTogether ? summa.sendTogether() : summa.resend(), winner.resend()]);
    });
    void Promise.all([...all, sleep(RESEND_MS)]).finally(() => {
      this.#isSending = false;
    });
  }

  /** Whether each has been told what has become of everything that it has sent. */
  areAnswered(): boolean {
    return this.#pairs.every((pair) => !isWaiting(pair.summa) && !isWaiting(pair.winner));
  }

  /** What went wrong between them and the hub, or in Tripletex. */
  fallen(): readonly (readonly [what: string, times: number])[] {
    return [['push lost or twice', this.#lineFaults], ...this.#tripletex.fallen()];
  }

  planFaults(chance: Chance, lateMs: () => number): void {
    this.#tripletex.planFaults(chance, lateMs);
  }

  /** What stands in Tripletex' ledger: a line for each voucher, and one for everything else. */
  async ledger(): Promise<{
    readonly vouchers: readonly string[];
    readonly objects: readonly string[];
    readonly keys: readonly string[];
  }> {
    return this.#tripletex.read();
  }

  /** What is not as it was told, counted without a look at another run. */
  problems(): readonly string[] {
    return [
      ...this.#pairs.flatMap(({ summa, winner }) => [
        ...summa.complaints(),
        ...summa.invoices().flatMap(({ externalId, state, errors }) => {
          const why = errors.map(({ code, message }) => `${code} ${message}`);
          return state === 'created' ? [] : [`${externalId} is ${state}: ${why.join()}`];
        }),
        ...winner.quotes().flatMap(({ externalId, state, errors }) => {
          return state === 'taken' ? [] : [`${externalId} is ${state}: ${errors.join()}`];
        }),
      ]),
      ...this.#tripletex.problems(),
    ];
  }

  async stop(): Promise<void> {
    await this.#tripletex.stop();
  }

  #disturb(of: Pick<Pair, 'summa' | 'winner'>, chance: Chance): void {
    for (const sender of [of.summa, of.winner]) {
      if (!isWaiting(sender) || chance() > 0.2) continue;
      sender.failNext(pick(chance, FAULTS_OF_LINE));
      this.#lineFaults += 1;
    }
  }
}

/** Whether something that was sent has no answer yet. */
function isWaiting(sender: SummaSimulator | WinnerSimulator): boolean {
  const sent = sender instanceof SummaSimulator ? sender.invoices() : sender.quotes();
  return sent.some(({ state }) => state === 'waiting');
}

/** What each is connected with; Fortnox takes six characters of a cost centre. */
const CONNECTORS = [
  ['summa', { invoices: { as: 'booked' }, departments: { DIGITAL: { costCentre: 'DIGI' } } }],
  ['winner', {}],
] as const;

type Country = Omit<Pair, 'summa' | 'winner' | 'orders'> & {
  readonly currency: string;
  readonly nowMs: number;
  readonly jobs: readonly JobSeed[];
};

/** A job whose part payment is asked for while it is done. */
function lateJob(seed: JobSeed, account: string): JobSeed {
  return { ...seed, lines: seed.lines.map((line) => ({ ...line, account })) };
}

const SWEDEN: Country = {
  ...{ currency: 'SEK', nowMs: SWEDISH_NOON_MS, kitchen: KITCHEN, alternative: 3 },
  jobs: [CATALOGUE, lateJob(ANNUAL_REPORT, '3001')],
  late: ANNUAL_REPORT.orderNo,
  advance: { account: '2420', costCentre: { code: 'BYRA' } },
};

/** The same job for the same customer as the first, with a number of its own. */
const SECOND_KATALOG: JobSeed = {
  ...{ ...KATALOG, orderNo: '24200', project: null },
  lines: KATALOG.lines.slice(0, 1),
};

const NORWAY: Country = {
  ...{ currency: 'NOK', nowMs: NORWEGIAN_NOON_MS, kitchen: NORWEGIAN_KITCHEN, alternative: 3 },
  jobs: [KATALOG, SECOND_KATALOG],
  late: SECOND_KATALOG.orderNo,
  advance: { account: '2900', costCentre: { code: 'OFFSET' } },
};

function pairOf(
  at: { readonly url: string; readonly key: string },
  { currency, nowMs, jobs, ...rest }: Country,
  orders: QuoteOrders,
): Pair {
  const address = (name: string, what: string) => ({
    url: `${at.url}/v1/connections/${name}/${what}`,
    key: at.key,
  });
  return {
    ...{ ...rest, orders },
    summa: new SummaSimulator({
      ...{ address: address('summa', 'invoices'), jobs, quantities: 'as-counted' },
      nowMs: () => nowMs,
    }),
    winner: new WinnerSimulator({
      ...{ address: address('winner', 'quotes'), currency, projects: [rest.kitchen] },
      nowMs: () => nowMs,
    }),
  };
}

const FIRST = '24117';

/** Each is one moment; the invoices and quotes are sent by `sendAgain`. */
const ACTS: readonly ((pair: Pair) => Promise<void>)[] = [
  async ({ summa, late, advance, ...pair }) => {
    await summa.askAcconto(late, { ...advance, percent: 20, vatRate: 25 }, { isSent: false });
    summa.deliver(FIRST);
    await summa.finish(FIRST, { isSent: false });
    void accept(pair);
  },
  // A line is taken back, the late job is done, and the quote changes when its first part is invoiced.
  async ({ summa, late, ...pair }) => {
    const first = summa.invoice(`summa:order:${FIRST}:invoice:1`);
    // One that was refused is told of when all is over.
    if (first.invoiceNo !== null) void summa.credit(first.externalId, [{ id: '2' }]);
    summa.deliver(late);
    await summa.finish(late, { isSent: false });
    await invoiceByHand(pair.orders);
    void accept({ ...pair, more: '2500.00' });
  },
  async (pair) => void accept({ ...pair, more: '1200.50' }),
];

/** The customer says yes, or yes again to another price of the last group. */
async function accept(
  of: Pick<Pair, 'winner' | 'kitchen' | 'alternative'> & { readonly more?: string },
): Promise<void> {
  const { winner, kitchen, alternative, more = '0.00' } = of;
  const alternatives = kitchen.alternatives.map((one) => {
    const last = present(one.groups.at(-1), 'a group');
    const ore = Math.round((Number(last.gross) + Number(more)) * 100);
    const dearer = {
      ...last,
      gross: `${Math.trunc(ore / 100)}.${String(ore % 100).padStart(2, '0')}`,
    };
    return { ...one, groups: [...one.groups.slice(0, -1), dearer] };
  });
  winner.saveProject({ ...kitchen, alternatives });
  await winner.accept(kitchen.number, { alternatives: [alternative] });
}

/** A person invoices the first part, and looks whether it is: its answer may be lost as any other. */
async function invoiceByHand(orders: QuoteOrders): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const seen = await orders.isFirstInvoiced().catch(() => null);
    if (seen === true) return;
    if (seen === false) await orders.invoiceFirst().catch(() => undefined);
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error('the first part of a quote cannot be invoiced');
}
