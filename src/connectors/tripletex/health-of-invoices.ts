import { objectOf, textOf } from '../../lib/json-object.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import { findingsOf } from '../../ports/ledger-findings.ts';
import { collective } from './parties.ts';
import { unlessForbidden } from './registers.ts';
import { hasInvoiceAccount } from './sales/diagnose-invoice.ts';
import { managerId } from './sales/projects.ts';
import type { Session } from './session.ts';
import type { PartyKind } from './voucher-input.ts';

const find = findingsOf('Tripletex');

/**
 * What would stop an invoice, its payment, its project or a row on a customer's account: most of
 * what Tripletex was seen to refuse in a real company. None of it stops other vouchers.
 */
export async function invoicing(session: Session): Promise<readonly LedgerFinding[]> {
  return [
    await invoiceAccount(session),
    await paymentTypes(session),
    ...(await projectLeader(session)),
    ...(await collectives(session)),
  ];
}

async function invoiceAccount(session: Session): Promise<LedgerFinding> {
  const isThere = await unlessForbidden(() => hasInvoiceAccount(session));
  if (isThere === null) return find.warning('invoice-account-unread');
  return isThere ? find.ok('invoice-account') : find.warning('invoice-account-missing');
}

async function paymentTypes({ client }: Session): Promise<LedgerFinding> {
  const path = '/invoice/paymentType?fields=id,debitAccount(number)';
  const listed = (await unlessForbidden(() => client.list(path))) ?? [];
  const numbers = listed.map((one) => textOf(objectOf(one, 'debitAccount'), 'number'));
  const accounts = [...new Set(numbers.filter((number) => number !== ''))].sort();
  return accounts.length === 0
    ? find.warning('payment-types-none')
    : find.ok('payment-types', { accounts: accounts.join(', ') });
}

/** Whether an employee may lead projects no right's name tells; that there is one does. */
async function projectLeader(session: Session): Promise<readonly LedgerFinding[]> {
  const who = session.client.settings.projectManager.trim();
  if (who === '') return [];
  const id = await unlessForbidden(() => managerId(session));
  const facts = { who };
  return [
    id === null ? find.warning('project-leader-unknown', facts) : find.ok('project-leader', facts),
  ];
}

async function collectives(session: Session): Promise<readonly LedgerFinding[]> {
  const { collectiveCustomer, collectiveSupplier } = session.client.settings;
  return [
    ...(await collectiveOf(session, 'customer', collectiveCustomer)),
    ...(await collectiveOf(session, 'supplier', collectiveSupplier)),
  ];
}

async function collectiveOf(
  session: Session,
  kind: PartyKind,
  number: string,
): Promise<readonly LedgerFinding[]> {
  if (number === '') return [];
  const isThere = (await unlessForbidden(() => collective(session, kind))) !== null;
  const facts = { number };
  return [
    isThere
      ? find.ok(`collective-${kind}`, facts)
      : find.warning(`collective-${kind}-unknown`, facts),
  ];
}
