import type { Refusal } from '../../domain/refusal.ts';
import type { Registers } from './registers.ts';
import type { VoucherInput } from './voucher-input.ts';
import { isOpenKind, SUPPLIER_INVOICE } from './voucher-kinds.ts';

type Reference = { readonly id: number };

/** What a posting refers to, as Tripletex takes it: by ids. */
type References = {
  readonly account: Reference;
  readonly vatType: Reference;
  readonly department?: Reference;
  readonly project?: Reference;
};

/** A voucher's numbers as ids; or each of them that there is not. */
export type Resolved =
  | {
      readonly kind: 'resolved';
      readonly type: number | null;
      readonly references: readonly References[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Looks up what a voucher names. Nothing is sent when something is missing. */
export async function resolve(registers: Registers, input: VoucherInput): Promise<Resolved> {
  const refusals: Refusal[] = [];
  const once = new Set<string>();
  const missing = (refusal: Refusal): void => {
    const text = JSON.stringify(refusal);
    if (!once.has(text)) refusals.push(refusal);
    once.add(text);
  };
  const type = await typeOf(registers, input, missing);
  const references: References[] = [];
  for (const posting of input.postings) {
    const { account: number, department: costCentre, project, vat } = posting;
    const account = await registers.idOf('account', number);
    if (account === null) missing({ code: 'account-unknown', account: number, role: '' });
    const vatType = await registers.idOf('vat', vat);
    if (vatType === null) missing(vatMissing(number, vat));
    const ofDepartment =
      costCentre === undefined ? null : await registers.idOf('department', costCentre);
    if (costCentre !== undefined && ofDepartment === null) {
      missing({ code: 'cost-centre-unknown', costCentre });
    }
    const ofProject = project === undefined ? null : await registers.idOf('project', project);
    if (project !== undefined && ofProject === null) missing({ code: 'project-unknown', project });
    references.push({
      account: { id: account ?? 0 },
      vatType: { id: vatType ?? 0 },
      ...(ofDepartment === null ? {} : { department: { id: ofDepartment } }),
      ...(ofProject === null ? {} : { project: { id: ofProject } }),
    });
  }
  if (refusals.length > 0) return { kind: 'refused', refusals };
  return { kind: 'resolved', type, references };
}

async function typeOf(
  registers: Registers,
  { type, vendorInvoiceNumber }: VoucherInput,
  missing: (refusal: Refusal) => void,
): Promise<number | null> {
  if (type === '') return null;
  const isMeant = type === SUPPLIER_INVOICE && vendorInvoiceNumber !== undefined;
  if (!isOpenKind(type) && !isMeant) missing({ code: 'series-not-manual', series: type });
  const id = await registers.idOf('voucher-type', type);
  if (id === null) missing({ code: 'series-unknown', series: type });
  return id;
}

function vatMissing(account: string, vat: string): Refusal {
  return { code: 'ledger-needs', system: 'Tripletex', need: 'vat-code', account, about: vat };
}
