import {
  startTripletexSimulator,
  type TripletexSimulator,
} from '../../src/connectors/tripletex/simulator/simulator.ts';
import type { CompanyHandle } from '../../src/connectors/tripletex/simulator/server/company-handle.ts';
import type { StateChange } from '../../src/connectors/tripletex/simulator/server/state-change.ts';
import type { CompanySeed } from '../../src/connectors/tripletex/simulator/company/seed.ts';
import { ask, basic } from '../../src/connectors/tripletex/simulator/test-client.ts';
import type { JobSeed } from '../../src/connectors/summa/simulator/desk.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import type { WireObject } from '../../src/lib/json-object.ts';
import { addCompany, addConnection } from '../../src/store/registry.ts';
import { startSumma, type PushingSumma } from './pushing-summa.ts';
import type { Stage } from './stage.ts';

/** A Norwegian printing house: its Summa, the hub that it pushes to, and its Tripletex. */
export type NorwegianHouse = PushingSumma & {
  readonly simulator: TripletexSimulator;
  readonly books: CompanyHandle;
  readonly companyId: string;
  list(path: string): Promise<readonly WireObject[]>;
  /** Each voucher: its rows by account, with what department and project they are of. */
  vouchers(): readonly (readonly string[])[];
};

/** A catalogue at 25 %, a book at 15 % and freight, all of the offset press. */
export const KATALOG: JobSeed = {
  orderNo: '24117',
  ourReference: 'Kari Moe',
  yourReference: 'Innkjøp / 44018',
  buyerOrderNo: 'PO-7781',
  paymentTerms: '20',
  currency: 'NOK',
  customer: {
    number: '1203',
    name: 'Fjord Forlag AS',
    orgNo: '912345678',
    email: 'faktura@fjord.example',
    address: { line1: 'Trykkerigata 4', postalCode: '5003', city: 'Bergen', country: 'NO' },
    country: 'NO',
    delivery: 'email',
  },
  project: {
    number: 'P2026-017',
    name: 'Vårkatalog 2026',
    startDate: '2026-02-01',
    status: 'ongoing',
  },
  lines: [
    line('Katalog 32 s. A5', ['5000', 'stk', '3.69', 25, '3000']),
    line('Kokebok, falset', ['8', 't', '300', 15, '3030']),
    line('Frakt', ['1', 'stk', '350', 25, '3020']),
  ],
};

function line(
  text: string,
  of: readonly [quantity: string, unit: string, price: string, rate: number, account: string],
): JobSeed['lines'][number] {
  const [quantity, unit, unitPrice, vatRate, account] = of;
  const costCentre = { code: 'OFFSET', name: 'Offset' };
  return { text, quantity, unit, unitPrice, vatRate, account, costCentre };
}

let count = 0;

export async function startNorwegianHouse(
  stage: Stage,
  of: {
    readonly jobs: readonly JobSeed[];
    readonly choices?: readonly string[];
    readonly seed?: CompanySeed;
    readonly state?: StateChange;
    /** The hub that is pushed to, where it is in a process of its own. */
    readonly hubUrl?: string;
  },
): Promise<NorwegianHouse> {
  count += 1;
  const name = `Trykkeri ${count} AS`;
  const simulator = await startTripletexSimulator({ rate: null });
  const books = simulator.companies.add({ name, ...of.seed });
  books.set(of.state ?? {});
  const { db } = stage.hub.database;
  const company = await addCompany(db, { name, country: 'NO', language: 'nb' });
  const settings = { apiUrl: simulator.apiUrl };
  const about = { companyId: company.id, connector: 'tripletex', name: 'tripletex', settings };
  const target = await addConnection(db, about);
  await addSecrets(stage.hub, target.id, books.credentials);
  const pushing = await startSumma(stage, {
    ...{ company: name, ledger: 'tripletex', jobs: of.jobs, choices: of.choices ?? [] },
    ...(of.hubUrl === undefined ? {} : { hubUrl: of.hubUrl }),
  });
  return {
    ...{ ...pushing, simulator, books, companyId: company.id },
    list: async (path) => {
      const headers = basic(books.session());
      return (await ask(`${simulator.apiUrl}${path}`, { headers })).values;
    },
    vouchers: () =>
      books.ledger().vouchers.map(({ postings }) => {
        const sums = Map.groupBy(postings, ({ account, department, project }) =>
          [account, department, project].filter((one) => one !== '').join(' '),
        );
        const rows = [...sums].map(([place, rows]) => {
          const ore = rows.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
          return `${place}: ${(ore / 100).toFixed(2)}`;
        });
        return rows.sort();
      }),
    stop: async () => {
      await pushing.stop();
      await simulator.stop();
    },
  };
}
