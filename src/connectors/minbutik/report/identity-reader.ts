import type { ProblemCode } from '../../../ports/source.ts';
import { FIELD_CHARS_MAX, IDENTITY_CHARS_MAX } from '../limits.ts';
import type { StoreNumbers } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import type { Identity, IdentityField } from './identity.ts';

/** The fields of an identity in the order they are read. */
export const IDENTITY_FIELDS = ['store_no', 'business_date', 'register', 'report_no'] as const;

/** What is wrong with one field of an identity. */
type IdentityFault = {
  readonly field: IdentityField;
  readonly code: ProblemCode;
  readonly found: string;
  readonly expected: string;
};

/** An identity, and what is wrong with it. */
export type ReadIdentity = {
  readonly identity: Identity;
  readonly faults: readonly IdentityFault[];
};

/** How a format's identity fields are understood. */
export type IdentityRules = {
  readonly stores: StoreNumbers;
  readonly readDay: (text: string) => string | null;
};

/** Reads an identity. A field that cannot be read keeps its text and is named among `broken`. */
export function readIdentity(
  texts: Readonly<Record<IdentityField, string>>,
  rules: IdentityRules,
): ReadIdentity {
  const faults: IdentityFault[] = [];
  const part = (field: IdentityField): string => {
    const text = ownText(texts[field].slice(0, FIELD_CHARS_MAX));
    const value = text.length > IDENTITY_CHARS_MAX ? null : readField(field, text, rules);
    if (value !== null && value !== '') return value;
    faults.push({ field, ...faultOf(field, text, rules.stores) });
    return text.slice(0, IDENTITY_CHARS_MAX);
  };
  const identity = {
    storeNumber: part('store_no'),
    businessDate: part('business_date'),
    register: part('register'),
    reportNumber: part('report_no'),
  };
  return { identity: { ...identity, broken: faults.map(({ field }) => field) }, faults };
}

/** A colon in a register would let two reports share an id. */
function readField(field: IdentityField, text: string, rules: IdentityRules): string | null {
  if (field === 'store_no') return rules.stores.find(text);
  if (field === 'business_date') return rules.readDay(text);
  return field === 'register' && text.includes(':') ? null : text;
}

function faultOf(
  field: IdentityField,
  found: string,
  { known }: StoreNumbers,
): Omit<IdentityFault, 'field'> {
  if (found === '') return { code: 'field-empty', found, expected: field };
  if (field === 'business_date') return { code: 'not-a-date', found, expected: 'YYYY-MM-DD' };
  const isStore = field === 'store_no' && known.length > 0;
  const expected = isStore ? known.join(', ') : `1–${IDENTITY_CHARS_MAX}, not :`;
  return { code: 'unknown-value', found, expected };
}
