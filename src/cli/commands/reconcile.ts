import type { Command } from 'commander';
import type { Difference, Reconciliation } from '../../engine/reconcile.ts';
import type { OpenCredit } from '../../engine/reconcile-credit.ts';
import { reconcileFlow } from '../../hub/reconcile-flow.ts';
import { money } from '../../domain/money.ts';
import { roleName } from '../../domain/posting/role-names.ts';
import { showAmount } from '../../text/amounts.ts';
import { chooseCompany, chooseFlow } from '../choose.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { readDay } from '../options.ts';
import { clearingDifferenceText, showClearing } from '../show/clearing.ts';
import { paint } from '../paint.ts';
import { showTable } from '../table.ts';

type ReconcileOptions = {
  readonly from: string;
  readonly to: string;
  readonly source?: string;
  readonly target?: string;
  readonly company?: string;
  readonly json?: boolean;
};

export function addReconcile(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('reconcile')
    .description('compare source, hub and ledger: per day, VAT rate and means of payment')
    .requiredOption('--from <day>', 'first day')
    .requiredOption('--to <day>', 'last day')
    .option('--source <connection>', 'which flow, when the company has several')
    .option('--target <connection>', 'which flow, when the source has several')
    .option('--company <name>')
    .option('--json', 'one object on standard output')
    .addHelpText(
      'after',
      '\nBoth sides are read again: the received bytes and the ledger. The result is kept.\n' +
        'Exit code 0 without differences, 1 with.',
    )
    .action(async (options: ReconcileOptions) => {
      done(await run(context, options));
    });
}

async function run(context: CliContext, options: ReconcileOptions): Promise<ExitCode> {
  const period = { from: readDay(options.from, '--from'), to: readDay(options.to, '--to') };
  const hub = await context.openHub();
  try {
    const company = await chooseCompany(hub, options.company);
    const { source, target } = options;
    const how = 'Say --source and --target.';
    const flow = await chooseFlow(hub, company, { source, target, how });
    const result = await reconcileFlow(hub, { company, flow, period });
    if (options.json === true) context.out(reconciliationJson(period, result));
    else context.out(showReconciliation(context, result));
    return result.differences.length > 0 ? 1 : 0;
  } finally {
    await hub.close();
  }
}

/** A reconciliation as JSON; amounts are text in minor units. */
function reconciliationJson(
  period: { readonly from: string; readonly to: string },
  result: Reconciliation,
): string {
  const plain = (_key: string, v: unknown): unknown => (typeof v === 'bigint' ? String(v) : v);
  return `${JSON.stringify({ ...period, ...result }, plain, 2)}\n`;
}

/** A reconciliation as a person reads it: totals per kind of money, then every difference. */
export function showReconciliation(context: CliContext, result: Reconciliation): string {
  const { counts } = result;
  const with_ = paint(context.hasColours);
  const amount = (minor: bigint): string => showAmount(money(minor, 'SEK'), context.language);
  const totals = new Map<string, { source: bigint; hub: bigint; ledger: bigint }>();
  for (const row of result.rows) {
    const sums = totals.get(row.what) ?? { source: 0n, hub: 0n, ledger: 0n };
    sums.source += row.source;
    sums.hub += row.hub;
    sums.ledger += row.ledger;
    totals.set(row.what, sums);
  }
  const named = (what: string): string => roleName(what, context.language);
  const table = totals.size === 0 ? '' : `${showTotals(totals, { amount, named })}\n`;
  const statements = showStatements(result, amount);
  const onAccount = result.credit.reduce((sum, { reported }) => sum + reported, 0n);
  const invoiced = result.credit.reduce((sum, one) => sum + one.invoiced, 0n);
  const openSum = result.openCredit.reduce((sum, { minor }) => sum + minor, 0n);
  const openCredit = result.openCredit.map((one) => `    ${openCreditText(one, amount)}\n`);
  const standing =
    openCredit.length === 0
      ? '  nothing of it is left on the account of credit sales\n'
      : `  on the account of credit sales ${amount(openSum)}, which is\n${openCredit.join('')}`;
  const credit =
    result.credit.length === 0
      ? ''
      : `  sold on account ${amount(onAccount)}, invoiced ${amount(invoiced)}, difference ` +
        `${amount(onAccount - invoiced)}\n${standing}`;
  const open = result.open.map((o) => `  ${with_.warn('!')} ${o.document}: ${o.state}\n`);
  const differences = result.differences.map(
    (difference) => `  ${with_.bad('✗')} ${differenceText(difference, { amount, named })}\n`,
  );
  const count = result.differences.length;
  const verdict = (count === 0 ? with_.good : with_.bad)(`differences ${count}`);
  return (
    `${table}  ${counts.documents} documents, ${counts.booked} booked in ${counts.vouchers} ` +
    `vouchers, ${counts.open} open, ${counts.skipped} skipped\n${statements}${credit}` +
    showClearing(result, amount) +
    `${open.join('')}${differences.join('')}  ${verdict}\n`
  );
}

/** What accounts stood at after each day, and what of their statements is not booked yet. */
function showStatements(result: Reconciliation, amount: (minor: bigint) => string): string {
  if (result.statements.length === 0) return '';
  const told = (minor: bigint | null): string => (minor === null ? '–' : amount(minor));
  const table = showTable(
    [
      { head: 'account' },
      { head: 'in the ledger' },
      { head: 'day' },
      { head: 'statement', align: 'right' },
      { head: 'ledger', align: 'right' },
    ],
    result.statements.map(({ account, ledgerAccount, day, statement, ledger }) => {
      return [account, ledgerAccount ?? '–', day, told(statement), told(ledger)];
    }),
  );
  const unbooked = result.unbooked.map(
    ({ account, day, id, kind, minor }) =>
      `  not booked: ${account} ${day} entry ${id} (${kind}) ${amount(minor)}\n`,
  );
  return `${table}${unbooked.join('')}`;
}

function showTotals(
  totals: ReadonlyMap<string, { source: bigint; hub: bigint; ledger: bigint }>,
  { amount, named }: Shows,
): string {
  return showTable(
    [
      { head: '' },
      { head: 'source', align: 'right' },
      { head: 'hub', align: 'right' },
      { head: 'ledger', align: 'right' },
    ],
    [...totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, { source, hub, ledger }]) => {
        return [named(what), amount(source), amount(hub), amount(ledger)];
      }),
  );
}

function openCreditText(
  { day, store, register, receipt, minor }: OpenCredit,
  amount: (minor: bigint) => string,
): string {
  const till = register === '' || register === 'ALL' ? '' : ` till ${register}`;
  const what =
    receipt === null
      ? 'day report without receipts'
      : `receipt ${receipt.number} of customer ${receipt.customer}, day report not booked`;
  return `${day} store ${store}${till}: ${amount(minor)}, ${what}`;
}

/** How amounts and kinds of money are shown. */
type Shows = {
  readonly amount: (minor: bigint) => string;
  readonly named: (what: string) => string;
};

function differenceText(difference: Difference, { amount, named }: Shows): string {
  switch (difference.kind) {
    case 'amount': {
      const { day, what, source, hub, ledger } = difference.row;
      const sides = `source ${amount(source)}, hub ${amount(hub)}, ledger ${amount(ledger)}`;
      return `${day} ${named(what)}: ${sides}`;
    }
    case 'voucher-missing':
      return `${difference.document}: voucher ${difference.label} is not in the ledger`;
    case 'voucher-reversed':
      return (
        `${difference.document}: voucher ${difference.label} has been reversed in the ledger, ` +
        `by ${difference.by}`
      );
    case 'voucher-differs':
      return (
        `${difference.document}: voucher ${difference.label} differs: sent ` +
        `${difference.sent.join(', ')}; in the ledger ${difference.booked.join(', ')}`
      );
    case 'credit-unexplained': {
      const { store, day, reported, invoiced } = difference.credit;
      return (
        `${day} store ${store}: ${amount(reported)} sold on account, receipts of customers come ` +
        `to ${amount(invoiced)}, difference ${amount(reported - invoiced)}`
      );
    }
    case 'statement-differs': {
      const { account, ledgerAccount, day, statement, ledger } = difference.day;
      return (
        `${day} ${account}: the statement ends with ${amount(statement ?? 0n)}, account ` +
        `${ledgerAccount ?? ''} stands at ${amount(ledger ?? 0n)}, difference ` +
        `${amount(difference.difference)} (before that day ${amount(difference.before)})`
      );
    }
    case 'statement-gap': {
      const { account, day, closing, opening } = difference;
      return (
        `${day} ${account}: the statement begins with ${amount(opening)}, the one before ended ` +
        `with ${amount(closing)}: entries between them are missing`
      );
    }
    case 'clearing-unexplained':
    case 'payment-late':
      return clearingDifferenceText(difference, amount);
    case 'booked-twice':
      return `${difference.key} stands ${difference.times} times in the ledger`;
  }
}
