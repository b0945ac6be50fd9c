import { present } from '../../lib/assert.ts';
import { kronor } from './amounts.ts';
import { seeded, type Chance } from './chance.ts';
import { DEMO_STORE, takenBy, tillVat, type TillReport } from './till.ts';

/** A customer who buys on account. */
type Customer = {
  readonly number: string;
  readonly name: string;
  readonly orgNumber: string;
  readonly references: readonly string[];
  readonly street: string;
  /** What the customer may owe, in kronor. */
  readonly limit: number;
};

/** Made up, with organisation numbers of series that nobody has. */
const CUSTOMERS: readonly Customer[] = [
  {
    number: '10017',
    name: 'Exempelkommun Skola',
    orgNumber: '2129990012',
    references: ['Hemkunskap 7B', 'Fritids', 'Personalrum'],
    street: 'Skolgatan 1',
    limit: 50_000,
  },
  {
    number: '10044',
    name: 'Åkeriet Öst AB',
    orgNumber: '5599990107',
    references: ['Bil 12', 'Fika'],
    street: 'Hamnvägen 4',
    limit: 100_000,
  },
  {
    number: '10051',
    name: 'Lilla Caféet AB',
    orgNumber: '5599990115',
    references: ['Köket'],
    street: 'Torget 2',
    limit: 75_000,
  },
  {
    number: '10060',
    name: 'Bygg & Måleri i Ö-vik AB',
    orgNumber: '5599990123',
    references: ['Projekt 88', 'Bod 3'],
    street: 'Industrigatan 8',
    limit: 60_000,
  },
];

const RECEIPTS_MAX = 3;
/** Of what is bought on account, so much is food. */
const FOOD_PERCENT = 80n;

const HEADER =
  'record;store_no;purchase_date;customer_no;customer_name;org_no;receipt_no;register;' +
  'reference;vat_rate;gross;vat';

/** A receipt that a customer signed for. Amounts in öre. */
type Receipt = {
  readonly report: TillReport;
  readonly number: string;
  readonly customer: Customer;
  readonly reference: string;
  readonly gross: bigint;
  readonly parts: readonly {
    readonly rate: number;
    readonly gross: bigint;
    readonly vat: bigint;
  }[];
};

/**
 * The receipts that customers signed for: on each till and day together what its report says was
 * sold on account.
 */
export function signedReceipts(reports: readonly TillReport[]): readonly Receipt[] {
  const chance = seeded(20_261_101);
  return reports.flatMap((report) => receiptsOf(report, chance));
}

/** What each customer has bought on account, by number: what the till itself says that they owe. */
export function owedByReceipts(receipts: readonly Receipt[]): ReadonlyMap<string, bigint> {
  const owed = new Map<string, bigint>();
  for (const { customer, gross } of receipts) {
    owed.set(customer.number, (owed.get(customer.number) ?? 0n) + gross);
  }
  return owed;
}

/** The customers' cards as the store keeps them. */
export function customersCsv(): string {
  const head = 'customer_no;name;org_no;street;postcode;city;country;credit_limit;terms;store_no';
  const lines = CUSTOMERS.map(({ number, name, orgNumber, street, limit }) => {
    const address = [street, '12345', 'Ängen', 'SE'];
    return [number, name, orgNumber, ...address, `${limit},00`, '30', DEMO_STORE].join(';');
  });
  return `${[head, ...lines].join('\n')}\n`;
}

/** The receipts as MinButik writes them: a row for each VAT rate. */
export function receiptsCsv(receipts: readonly Receipt[]): string {
  const lines = receipts.flatMap(({ report, number, customer, reference, parts }) => {
    const who = [customer.number, customer.name, customer.orgNumber];
    const what = [...who, number, report.register, reference];
    return parts.map(({ rate, gross, vat }) => {
      const amounts = [String(rate / 100), kronor(gross), kronor(vat)];
      return ['C', DEMO_STORE, report.date, ...what, ...amounts].join(';');
    });
  });
  return `${[HEADER, ...lines].join('\n')}\n`;
}

function receiptsOf(report: TillReport, chance: Chance): Receipt[] {
  const count = 1 + Math.floor(chance() * RECEIPTS_MAX);
  const grosses = cut(takenBy(report, 'KREDIT'), count, chance);
  return grosses.map((gross, i) => {
    const customer = oneOf(CUSTOMERS, chance);
    const number = `${report.register}-${report.number.slice(-4)}${i + 1}`;
    const reference = oneOf(customer.references, chance);
    const food = (gross * FOOD_PERCENT) / 100n;
    const parts = [
      { rate: 600, gross: food },
      { rate: 2500, gross: gross - food },
    ].map((part) => ({ ...part, vat: tillVat(part.gross, part.rate, chance) }));
    return { report, number, customer, reference, gross, parts };
  });
}

/** An amount in so many parts, none of them small. */
function cut(amount: bigint, count: number, chance: Chance): readonly bigint[] {
  if (count === 1) return [amount];
  const share = BigInt(Math.round(1_000 / count + chance() * 100));
  const part = (amount * share) / 1_000n;
  return [part, ...cut(amount - part, count - 1, chance)];
}

function oneOf<T>(list: readonly T[], chance: Chance): T {
  return present(list[Math.floor(chance() * list.length)], 'one of a list');
}
