import type { CliContext } from '../../cli/context.ts';
import { paint } from '../../cli/paint.ts';
import { showReconciliation } from '../../cli/commands/reconcile.ts';
import { nameDocument } from '../../cli/show/documents.ts';
import { refusalJson } from '../../cli/show/preview.ts';
import { showTable } from '../../cli/table.ts';
import type { FortnoxSimulator } from '../../connectors/fortnox/simulator/simulator.ts';
import { BAS } from '../../domain/chart/bas.ts';
import { money, parseMoney, sum, type Money } from '../../domain/money.ts';
import type { IntakeResult } from '../../engine/intake.ts';
import type { Reconciliation } from '../../engine/reconcile.ts';
import type { KitchenDealerResult } from './kitchen-dealer.ts';
import type { PrintShopResult } from './print-shop.ts';
import type { DeliveryView } from '../../store/deliveries.ts';
import { showAmount } from '../../text/amounts.ts';
import { describeRefusal } from '../../text/refusals.ts';

/** What the demo came to. */
export type DemoResult = {
  readonly files: readonly IntakeResult[];
  /** What web shops told when they were asked: so many files with so many orders and refunds. */
  readonly fetched: { readonly files: number; readonly documents: number };
  readonly deliveries: readonly DeliveryView[];
  /** What each customer owes, in öre: by the till, and as it goes back from the ledger. */
  readonly balances: readonly {
    readonly customer: string;
    readonly till: bigint;
    readonly ledger: bigint;
  }[];
  /** The printing house beside the store, in books of its own. */
  readonly prints: PrintShopResult;
  /** The kitchen dealer in Norway, in books of its own. */
  readonly kitchens: KitchenDealerResult;
  readonly reconciliations: readonly { readonly flow: string; readonly result: Reconciliation }[];
  /** As the hub counted them. */
  readonly calls: number;
  /** As the simulated Fortnox counted them. */
  readonly rateLimited: number;
  readonly seconds: number;
  readonly ledger: ReturnType<ReturnType<FortnoxSimulator['tenants']['get']>['ledger']>;
  readonly shareOfLimit: number | null;
};

/** Documents received are new ones, those seen before, and those that could not be read. */
function countsOf(result: DemoResult) {
  const read = result.files.flatMap((file) => (file.kind === 'read' ? [file] : []));
  const total = (field: 'documents' | 'unreadable'): number =>
    read.reduce((sum, file) => sum + file[field], 0);
  const inState = (state: DeliveryView['state']): number =>
    result.deliveries.filter((delivery) => delivery.state === state).length;
  const duplicates = seenOf(result);
  const documents = total('documents') + result.fetched.documents;
  return {
    received: documents + duplicates,
    booked: inState('done'),
    held: inState('held'),
    duplicates,
    unreadable: total('unreadable'),
  };
}

function seenOf({ files }: DemoResult): number {
  return files.reduce((sum, file) => sum + (file.kind === 'rejected' ? 0 : file.seen), 0);
}

/** The demo as one object. */
export function demoJson(result: DemoResult): unknown {
  const { reconciliations, deliveries } = result;
  const labels = labelsOf(result);
  return {
    documents: countsOf(result),
    vouchers: labels.length,
    series: seriesOf(labels),
    apiCalls: result.calls,
    apiCallsPerDocument: perDocument(result),
    rateLimited: result.rateLimited,
    shareOfLimit: result.shareOfLimit,
    differences: reconciliations.flatMap((one) => one.result.differences).length,
    trialBalanceMinor: Number(reconciliations[0]?.result.trialBalance),
    trialBalance: balancesOf(deliveries),
    ledgerProblems: result.ledger.problems,
    openCreditMinor: String(openCreditOf(reconciliations)),
    statements: reconciliations.flatMap((one) => JSON.parse(plain(one.result.statements))),
    balances: JSON.parse(plain(result.balances)),
    printingHouse: {
      invoices: result.prints.invoices,
      numbered: result.prints.numbered,
      complaints: result.prints.complaints,
      differences: result.prints.result.differences.length,
      trialBalanceMinor: Number(result.prints.result.trialBalance),
    },
    kitchenDealer: {
      quotes: result.kitchens.quotes,
      taken: result.kitchens.taken,
      quotedMinor: String(result.kitchens.quoted.minor),
      orders: result.kitchens.orders.map(({ project, gross }) => [project, String(gross.minor)]),
    },
    held: deliveries
      .filter((delivery) => delivery.state === 'held')
      .map((delivery) => ({
        document: nameDocument(delivery.document),
        refusals: delivery.refusals.map((r) => JSON.parse(plain(refusalJson(r, 'en'))) as unknown),
      })),
    seconds: result.seconds,
  };
}

/** Signed öre by account, debit positive, of what the hub has sent: not read from the ledger. */
function balancesOf(deliveries: readonly DeliveryView[]): Readonly<Record<string, string>> {
  const balances = new Map<string, bigint>();
  const sent = deliveries.filter((delivery) => delivery.state === 'done');
  for (const row of sent.flatMap((delivery) => delivery.vouchers).flatMap((v) => v.rows)) {
    balances.set(row.account, (balances.get(row.account) ?? 0n) + row.amount.minor);
  }
  const moved = [...balances].filter(([, minor]) => minor !== 0n).sort(([a], [b]) => +a - +b);
  return Object.fromEntries(moved.map(([account, minor]) => [account, String(minor)]));
}

function plain(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
}

function labelsOf({ deliveries }: DemoResult): readonly string[] {
  return deliveries
    .flatMap((delivery) => (delivery.label ?? '').split(', '))
    .filter((label) => label !== '');
}

/** The numbers of each voucher series, first and last: `K 1–51`. */
function seriesOf(labels: readonly string[]): Readonly<Record<string, string>> {
  const numbers = new Map<string, number[]>();
  for (const label of labels) {
    const [series = '', number] = label.split(' ');
    numbers.set(series, [...(numbers.get(series) ?? []), Number(number)]);
  }
  const spans = [...numbers].map(([series, all]) => {
    return [series, `${series} ${Math.min(...all)}–${Math.max(...all)}`] as const;
  });
  return Object.fromEntries(spans.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function perDocument(result: DemoResult): number {
  const { booked } = countsOf(result);
  return booked === 0 ? 0 : Math.round((result.calls / booked) * 100) / 100;
}

/** What the reconciliations explain of the account of credit sales. */
function openCreditOf(reconciliations: DemoResult['reconciliations']): bigint {
  const open = reconciliations.flatMap((one) => one.result.openCredit);
  return open.reduce((sum, { minor }) => sum + minor, 0n);
}

/** The demo as a person reads it. */
export function showDemo(result: DemoResult, context: CliContext): string {
  const { language } = context;
  const with_ = paint(context.hasColours);
  const counts = countsOf(result);
  const labels = labelsOf(result);
  const share = `${Math.round((result.shareOfLimit ?? 0) * 100)} %`;
  const held = result.deliveries.filter((delivery) => delivery.state === 'held');
  const facts = showTable(
    [{ head: '' }, { head: '', align: 'right' }, { head: '' }],
    [
      [
        'received',
        String(counts.received),
        `in ${result.files.length + result.fetched.files} files`,
      ],
      ['booked', String(counts.booked), `${result.seconds.toFixed(1)} s`],
      ['seen before', String(counts.duplicates), 'left alone'],
      ['held', String(counts.held), 'wait for a person'],
      ['vouchers', String(labels.length), Object.values(seriesOf(labels)).join(', ')],
      ['API calls', String(result.calls), `${perDocument(result)} per document`],
      ['answered 429', String(result.rateLimited), `${share} of 25 calls per 5 s used`],
    ],
  );
  const reasons = held.flatMap((delivery) => [
    `  ${with_.bad('held')}  ${nameDocument(delivery.document)}\n`,
    ...delivery.refusals.map((r) => `        ${describeRefusal(r, language)}\n`),
  ]);
  return [
    `${with_.bold('A month of one store and its two web shops')}\n${facts}`,
    `${reasons.join('')}\n`,
    `${with_.bold('Trial balance of the ledger')}\n${trialBalance(result, context)}\n`,
    `${with_.bold('What customers owe: by the till, and as it goes back to it')}\n`,
    `${balances(result, context)}\n`,
    `${with_.bold('A printing house beside it, whose Summa pushes its invoices')}\n`,
    `  ${result.prints.numbered} of ${result.prints.invoices} invoices have got their numbers\n\n`,
    `${with_.bold('A kitchen dealer in Bergen, whose Winner pushes quotes to Tripletex')}\n`,
    `${ordersOf(result.kitchens, context)}\n`,
    ...[...result.reconciliations, result.prints].map(
      (one) =>
        `${with_.bold(`Reconciliation of ${one.flow}: source, hub and ledger`)}\n` +
        `${showReconciliation(context, one.result)}\n`,
    ),
  ].join('');
}

function ordersOf({ orders, quoted }: KitchenDealerResult, { language }: CliContext): string {
  const total = sum(
    orders.map(({ gross }) => gross),
    quoted.currency,
  );
  return showTable(
    [{ head: 'order' }, { head: 'project' }, { head: '', align: 'right' }],
    [
      ...orders.map(({ number, project, gross }) => [number, project, showAmount(gross, language)]),
      ['', 'all orders', showAmount(total, language)],
      ['', 'as quoted', showAmount(quoted, language)],
    ],
  );
}

function balances(result: DemoResult, { language }: CliContext): string {
  const amount = (minor: bigint): string => showAmount(money(minor, 'SEK'), language);
  return showTable(
    [{ head: 'customer' }, { head: 'till', align: 'right' }, { head: 'ledger', align: 'right' }],
    result.balances.map(({ customer, till, ledger }) => [customer, amount(till), amount(ledger)]),
  );
}

function trialBalance(result: DemoResult, { language }: CliContext): string {
  const rows = result.ledger.balances.filter((balance) => balance.closing !== 0);
  const amounts = rows.map((row) => kronor(row.closing));
  const total = amounts.reduce((sum, amount) => sum + amount.minor, 0n);
  return showTable(
    [{ head: '' }, { head: '' }, { head: '', align: 'right' }],
    [
      ...rows.map((row, i) => {
        const account = String(row.account);
        const amount = amounts[i] ?? money(0n, 'SEK');
        return [account, BAS.get(account)?.name ?? '', showAmount(amount, language)];
      }),
      ['', 'sum of all rows', showAmount(money(total, 'SEK'), language)],
    ],
  );
}

/** The simulator tells balances in kronor. */
function kronor(amount: number): Money {
  return parseMoney(String(amount), 'SEK') ?? money(0n, 'SEK');
}
