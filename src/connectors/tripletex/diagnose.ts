import { parseLocalDate } from '../../domain/date.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { readPeriods, refusalOfDay } from './books.ts';
import { refusalBy } from './errors.ts';
import { ownVatCode, type Registers } from './registers.ts';
import type { Session } from './session.ts';
import { NO_VAT } from './vat-codes.ts';
import type { PostingInput, VoucherInput } from './voucher-input.ts';
import { textOf } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

/**
 * Why Tripletex refuses a voucher, in the hub's own terms.
 *
 * Its words are in the language of the employee, so only the field that it names and what its
 * registers say now are gone by. What is not known from them is told as Tripletex says it.
 */
export async function diagnose(
  session: Session,
  input: VoucherInput,
  error: WireError,
): Promise<readonly Refusal[]> {
  const ofDay = await dayRefusal(session, input);
  if (ofDay !== null) return [ofDay];
  const found: Refusal[] = [];
  for (const account of new Set(input.postings.map((one) => one.account))) {
    found.push(...(await accountRefusals(session, { input, account, error })));
  }
  if (found.length > 0) return found;
  if (names(error, /vatType/)) return input.postings.filter(hasCode).map(vatRefusal);
  return [refusalBy(error)];
}

function names({ problems }: WireError, field: RegExp): boolean {
  return problems.some((one) => field.test(one.field));
}

function hasCode({ vat }: PostingInput): boolean {
  return vat !== NO_VAT;
}

/** Each account has its own code, and is not told to take it: one of them is at fault. */
function vatRefusal({ account, vat }: PostingInput): Refusal {
  return { code: 'ledger-needs', system: 'Tripletex', need: 'vat-code', account, about: vat };
}

async function dayRefusal(session: Session, input: VoucherInput): Promise<Refusal | null> {
  const date = parseLocalDate(input.date);
  return date === null ? null : refusalOfDay(await readPeriods(session.client), date);
}

type Looked = {
  readonly input: VoucherInput;
  readonly account: string;
  readonly error: WireError;
};

async function accountRefusals(
  { registers }: Session,
  { input, account, error }: Looked,
): Promise<readonly Refusal[]> {
  const facts = await accountFacts(registers, account);
  if (facts === null) return [{ code: 'account-unknown', account, role: '' }];
  if (facts.isInactive) return [{ code: 'account-inactive', account, role: '' }];
  const own = input.postings.filter((one) => one.account === account);
  const refusals: Refusal[] = [];
  if (facts.needsDepartment && own.some((one) => one.department === undefined)) {
    refusals.push({ code: 'cost-centre-required', account });
  }
  if (facts.needsProject && own.some((one) => one.project === undefined)) {
    refusals.push({ code: 'project-required', account });
  }
  const needs = { code: 'ledger-needs', system: 'Tripletex', account } as const;
  if (facts.ledger === 'CUSTOMER' && names(error, /customer/)) {
    refusals.push({ ...needs, need: 'customer', about: '' });
  }
  if (facts.ledger === 'VENDOR' && names(error, /supplier/)) {
    refusals.push({ ...needs, need: 'supplier', about: '' });
  }
  const vat = own.map((one) => one.vat).find((code) => code !== facts.vat);
  if (names(error, /vatType/) && vat !== undefined) {
    const need = facts.isLocked ? 'locked-vat-code' : 'vat-code';
    refusals.push({ ...needs, need, about: vat });
  }
  // Of a reconciled account Tripletex names only an internal field of the posting.
  if (names(error, /\(account\)$/) && isMoney(account)) {
    refusals.push({ ...needs, need: 'open-statement', about: input.date });
  }
  return refusals;
}

/** Bank and cash in NS 4102: what statements are reconciled of. */
function isMoney(account: string): boolean {
  return account.startsWith('19');
}

/** What the company's chart says of an account now. */
async function accountFacts(registers: Registers, account: string) {
  const found = (await registers.fresh('account')).get(account);
  if (found === undefined) return null;
  return {
    isInactive: found['isInactive'] === true,
    isLocked: found['vatLocked'] === true,
    vat: ownVatCode(found),
    ledger: textOf(found, 'ledgerType'),
    needsDepartment: found['requiresDepartment'] === true,
    needsProject: found['requiresProject'] === true,
  };
}
