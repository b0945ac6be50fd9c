import type { CompanyHandle } from '../../connectors/tripletex/simulator/server/company-handle.ts';
import {
  startTripletexSimulator,
  type TripletexSimulator,
} from '../../connectors/tripletex/simulator/simulator.ts';
import type { Project } from '../../connectors/winner/simulator/quote/project.ts';
import { WinnerSimulator } from '../../connectors/winner/simulator/simulator.ts';
import { parseMoney, sum, type Money } from '../../domain/money.ts';
import { addSecrets } from '../../hub/consent.ts';
import { present } from '../../lib/assert.ts';
import { isRecord, listOf, objectOf, textOf } from '../../lib/json-object.ts';
import { addCompany, addConnection, addFlow } from '../../store/registry.ts';
import { makeUploadKey } from '../../store/upload-keys.ts';
import type { Rig } from './rig.ts';

/** A kitchen dealer in Bergen: its Winner pushes what customers have accepted to Tripletex. */
export type KitchenDealer = {
  play(): Promise<void>;
  result(): Promise<KitchenDealerResult>;
  stop(): Promise<void>;
};

/** What came of it, as Winner and Tripletex each say it. */
export type KitchenDealerResult = {
  readonly quotes: number;
  /** Those of which Winner has got the numbers of the orders. */
  readonly taken: number;
  /** What customers have accepted. */
  readonly quoted: Money;
  /** Read from the ledger. */
  readonly orders: readonly {
    readonly number: string;
    readonly project: string;
    readonly gross: Money;
  }[];
};

const CONNECTION = 'winner';
const KITCHEN_NO = '24017';

/** A fifth when it is ordered, the rest on delivery. @param fitting - what fitting it costs */
function kitchen(fitting: string): Project {
  return {
    number: KITCHEN_NO,
    name: 'Kjøkken Hansen, Bryggen 4',
    customer: {
      ...{ number: '10552', type: 'private', name: 'Ola Hansen', email: 'ola@example.no' },
      address: { line1: 'Bryggen 4', postalCode: '5003', city: 'Bergen', country: 'NO' },
    },
    alternatives: [
      {
        number: 3,
        groups: [
          { code: 'KJO', name: 'Kjøkkeninnredning', gross: '122500.00', vatRate: 25 },
          { code: 'BEN', name: 'Benkeplater', gross: '28000.00', vatRate: 25 },
          { code: 'HVI', name: 'Hvitevarer', gross: '39062.50', vatRate: 25 },
          { code: 'MON', name: 'Montering', gross: fitting, vatRate: 25 },
        ],
        calendar: [
          { type: 'prepayment', basis: 'percent', percent: '20', label: 'Forskudd ved bestilling' },
          { type: 'final', basis: 'percent', percent: '80', label: 'Ved levering' },
        ],
      },
    ],
  };
}

/** In three parts that do not come out even. */
const BATHROOM: Project = {
  number: '24031',
  name: 'Bad Fløyen',
  customer: {
    ...{ number: null, type: 'company', name: 'Fløyen Eiendom AS', orgNo: '999999999' },
    email: 'post@floyen.example',
  },
  alternatives: [
    {
      number: 1,
      groups: [{ code: 'BAD', name: 'Baderomsinnredning', gross: '99999.99', vatRate: 25 }],
      calendar: [
        { type: 'prepayment', basis: 'percent', percent: '33.33' },
        { type: 'partial', basis: 'percent', percent: '33.33' },
        { type: 'final', basis: 'percent', percent: '33.34' },
      ],
    },
  ],
};

/** The kitchen with its fitting made dearer, and the bathroom. */
const QUOTED = ['215000.00', '99999.99'];

/** Adds the dealer, with a simulated Tripletex of its own. @param url - of the hub's server */
export async function addKitchenDealer(
  { hub }: Pick<Rig, 'hub'>,
  { url }: { readonly url: string },
): Promise<KitchenDealer> {
  const { db } = hub.database;
  const name = 'Bryggen Kjøkken AS';
  const simulator = await startTripletexSimulator();
  const books = simulator.companies.add({ name, bankAccountNumber: '15062012345' });
  const company = await addCompany(db, { name, country: 'NO', language: 'nb' });
  const companyId = company.id;
  const to = { companyId, connector: 'tripletex', name: 'tripletex' };
  const target = await addConnection(db, { ...to, settings: { apiUrl: simulator.apiUrl } });
  await addSecrets(hub, target.id, books.credentials);
  const from = { companyId, connector: 'winner', name: CONNECTION, settings: {} };
  const source = await addConnection(db, from);
  await addFlow(db, { source, target, mode: 'automatic', choices: {}, startDate: null });
  const key = await makeUploadKey(db, { companyId, name: CONNECTION, scopes: ['files'] });
  const winner = new WinnerSimulator({
    address: { url: `${url}/v1/connections/${CONNECTION}/quotes`, key },
    projects: [kitchen('22937.50'), BATHROOM],
    nowMs: () => hub.clock.nowMs(),
  });
  return {
    play: () => sell(winner),
    result: async () => ({
      quotes: winner.quotes().length,
      taken: winner.quotes().filter(({ state }) => state === 'taken').length,
      quoted: sum(QUOTED.map(kroner), 'NOK'),
      orders: await ordersIn(simulator, books),
    }),
    stop: () => simulator.stop(),
  };
}

/** Both say yes, and the kitchen's owner yes again when fitting it has become dearer. */
async function sell(winner: WinnerSimulator): Promise<void> {
  await winner.accept(KITCHEN_NO, { alternatives: [3], contractNo: 'K24017' });
  await winner.accept(BATHROOM.number, { alternatives: [1] });
  winner.saveProject(kitchen('25437.50'));
  await winner.accept(KITCHEN_NO, { alternatives: [3], contractNo: 'K24017' });
}

/** The orders as Tripletex has them. */
async function ordersIn(
  simulator: TripletexSimulator,
  books: CompanyHandle,
): Promise<KitchenDealerResult['orders']> {
  const fields = 'number,project(number),orderLines(amountIncludingVatCurrency)';
  const range = 'orderDateFrom=2020-01-01&orderDateTo=2100-01-01';
  const login = Buffer.from(`0:${books.session()}`).toString('base64');
  const answer = await fetch(`${simulator.apiUrl}/order?${range}&fields=${fields}`, {
    headers: { authorization: `Basic ${login}` },
  });
  const body: unknown = await answer.json();
  const orders = isRecord(body) ? listOf(body, 'values').filter(isRecord) : [];
  return orders
    .map((order) => ({
      number: textOf(order, 'number'),
      project: textOf(objectOf(order, 'project'), 'number'),
      gross: sum(
        listOf(order, 'orderLines')
          .filter(isRecord)
          .map((line) => kroner(textOf(line, 'amountIncludingVatCurrency'))),
        'NOK',
      ),
    }))
    .toSorted((a, b) => Number(a.number) - Number(b.number));
}

function kroner(text: string): Money {
  return present(parseMoney(text, 'NOK'), `an amount: ${text}`);
}
