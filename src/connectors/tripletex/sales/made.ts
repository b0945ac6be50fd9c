import type { LedgerNeed } from '../../../domain/ledger-need.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { textOf, type WireObject } from '../../../lib/json-object.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, WriteOutcome } from '../../../ports/target.ts';

/** Something of a register: the delivery goes by the number of its order, not by this. */
export function foundAs(id: string): Found {
  return { remote: { id, label: '' }, differences: [] };
}

/** What an answer says was made. @throws ConnectorError when it does not say */
export function madeIn(value: WireObject): WriteOutcome {
  const id = textOf(value, 'id');
  if (id !== '') return { kind: 'done', ...foundAs(id) };
  throw new ConnectorError('Tripletex did not say what it made.', { kind: 'unanswered' });
}

export function refusedAs(refusal: Refusal): WriteOutcome {
  return { kind: 'refused', refusals: [refusal] };
}

/** What Tripletex asks for, of whatever `about` names there. */
export function needs(need: LedgerNeed, about: string, account = ''): Refusal {
  return { code: 'ledger-needs', system: 'Tripletex', need, account, about };
}
