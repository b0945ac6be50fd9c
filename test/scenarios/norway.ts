import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startTripletexSimulator,
  type TripletexSimulator,
} from '../../src/connectors/tripletex/simulator/simulator.ts';
import type { CompanyHandle } from '../../src/connectors/tripletex/simulator/server/company-handle.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { present } from '../../src/lib/assert.ts';
import {
  addCompany,
  addConnection,
  addFlow,
  listFlows,
  type Company,
  type Connection,
  type Flow,
} from '../../src/store/registry.ts';
import { tillFile } from './till-file.ts';
import { today } from './stage.ts';

/** A Norwegian company: a till and a web shop, and their books in a simulated Tripletex. */
export type Norwegian = {
  readonly simulator: TripletexSimulator;
  readonly books: CompanyHandle;
  readonly company: Company;
  readonly till: { readonly source: Connection; readonly flow: Flow };
  readonly shop: { readonly source: Connection; readonly flow: Flow };
};

/** Last year: Tripletex has its periods whenever the tests are run. */
const YEAR = Number(today().slice(0, 4)) - 1;
export const OCTOBER = { from: `${YEAR}-10-01`, to: `${YEAR}-10-31` } as const;
const DAYS = 10;
/** The day on which a till has added up an øre more of VAT than its food comes to. */
const ODD_DAY = 5;

/** @param invoicing - what orders of the shop become; absent: vouchers */
export async function addNorwegian(
  hub: Hub,
  name: string,
  invoicing: Readonly<Record<string, string>> = {},
): Promise<Norwegian> {
  const simulator = await startTripletexSimulator({ rate: null });
  const books = simulator.companies.add({ name });
  books.set({ paymentTypes: { Nettbutikk: 1579 } });
  const { db } = hub.database;
  const company = await addCompany(db, { name, country: 'NO', language: 'nb' });
  const about = { companyId: company.id };
  const target = await addConnection(db, {
    ...about,
    connector: 'tripletex',
    name: 'tripletex',
    settings: { apiUrl: simulator.apiUrl },
  });
  await addSecrets(hub, target.id, books.credentials);
  const flowFrom = async (connector: string, settings: Readonly<Record<string, unknown>>) => {
    const source = await addConnection(db, { ...about, connector, name: connector, settings });
    const choices = { attachFile: connector === 'minbutik', invoicing };
    const id = await addFlow(db, { source, target, mode: 'automatic', choices, startDate: null });
    const flow = (await listFlows(db, company.id)).find((one) => one.id === id);
    return { source, flow: present(flow, 'the flow') };
  };
  const till = await flowFrom('minbutik', { currency: 'NOK' });
  const shop = await flowFrom('woocommerce', {});
  return { simulator, books, company, till, shop };
}

/**
 * Ten days of a grocer's till, a file each. Food for 115.00 with VAT 15.00 (102.80 with 13.42 on the odd day),
 * other goods for 250.40 with VAT 50.08, of which 0.40 is rounded off; 300.00 by card, the rest in cash.
 */
export function tillFiles(): readonly { readonly name: string; readonly content: string }[] {
  return Array.from({ length: DAYS }, (_, i) => {
    const day = `${YEAR}-10-${String(i + 1).padStart(2, '0')}`;
    const isOdd = i + 1 === ODD_DAY;
    const rows = [
      isOdd ? 'sale;10;Mat;15;102,80;13,42' : 'sale;10;Mat;15;115,00;15,00',
      'sale;50;Hygiene;25;250,40;50,08',
      'cash_rounding;;Avrunding;;0,40;',
      'tender;KORT;Kort;;300,00;',
      `tender;KONTANT;Kontant;;${isOdd ? '52,80' : '65,00'};`,
    ];
    return { name: `z-${day}.csv`, content: tillFile({ day, number: `Z-${i + 1}`, rows }) };
  });
}

/** What the ten days come to, in øre. */
export const TILL_SUMS: Readonly<Record<string, number>> = {
  '1579': 3_000_00,
  '1900': 637_80,
  '2700': -500_80,
  '2701': -148_42,
  '3000': -2_003_20,
  '3030': -989_38,
  '7740': 4_00,
};

const ORDER = '../../src/connectors/woocommerce/fixtures/order-excl-mixed-vat.json';

/** An order of a shop: 199.00 and freight 39.20, both at 25 %: VAT 49.75 and 9.80, 297.75 in all. */
export function shopFile(id = 45): { readonly name: string; readonly content: string } {
  const text = readFileSync(join(import.meta.dirname, ORDER), 'utf8');
  const file = JSON.parse(
    text.replaceAll('"SE"', '"NO"').replaceAll('SEK', 'NOK').replaceAll('SE-MOMS', 'NO-MVA'),
  ) as {
    order: Record<string, unknown>;
  };
  const { line_items: items, tax_lines: taxes } = file.order;
  const order = {
    ...file.order,
    ...{
      id,
      number: String(id),
      status: 'completed',
      cart_tax: '49.75',
      total: '297.75',
      total_tax: '59.55',
    },
    line_items: Array.isArray(items) ? items.slice(0, 1) : [],
    tax_lines: Array.isArray(taxes) ? taxes.slice(0, 1) : [],
    date_created: `${YEAR}-10-12T12:00:00`,
    date_paid: `${YEAR}-10-12T12:00:00`,
    date_completed: `${YEAR}-10-13T12:00:00`,
  };
  return { name: `order-${id}.json`, content: JSON.stringify({ ...file, order }) };
}

/** What the order comes to. */
export const SHOP_SUMS: Readonly<Record<string, number>> = {
  '1579': 297_75,
  '2700': -59_55,
  '3000': -199_00,
  '3020': -39_20,
};

/** What every account of the ledger has come to, in øre. */
export function sumsIn(books: CompanyHandle): Readonly<Record<string, number>> {
  const { trialBalance, problems } = books.ledger();
  if (problems.length > 0) throw new Error(problems.join('; '));
  return Object.fromEntries(
    trialBalance.map(({ account, balance }) => [String(account), Math.round(balance * 100)]),
  );
}

/** Accounts added up over several sources. */
export function together(
  ...all: readonly Readonly<Record<string, number>>[]
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [account, ore] of all.flatMap((one) => Object.entries(one))) {
    sums[account] = (sums[account] ?? 0) + ore;
  }
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}
