/** What a field holds. `one` and `many` point at other objects. */
export type FieldRule = {
  readonly kind: FieldKind;
  /** Only Tripletex sets it. */
  readonly isReadOnly: boolean;
  /** Shown only when it is asked for by name. */
  readonly isOnDemand: boolean;
};

export type FieldKind =
  | { readonly kind: 'text' | 'date' | 'whole' | 'number' | 'flag' | 'texts' | 'raw' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'one' | 'many'; readonly model: string };

/** A kind of object: its name in the vendor's description, and its fields. */
export type Model = {
  readonly name: string;
  /** Where its objects have their address: `ledger/voucher`. */
  readonly path: string;
  readonly fields: ReadonlyMap<string, FieldRule>;
};

/** Names stand in one text, apart by white space; references as `field:Model`. */
type Description = {
  readonly name: string;
  readonly path: string;
  /** Without `id`, `version`, `changes` and `url`. */
  readonly isBare?: boolean;
  readonly text?: string;
  readonly date?: string;
  readonly whole?: string;
  readonly number?: string;
  readonly flag?: string;
  readonly texts?: string;
  readonly raw?: string;
  readonly choice?: Readonly<Record<string, string>>;
  readonly one?: string;
  readonly many?: string;
  readonly readOnly?: string;
  readonly onDemand?: string;
};

const PLAIN = ['text', 'date', 'whole', 'number', 'flag', 'texts', 'raw'] as const;

/** What every kept object has, in the order Tripletex shows it. */
const STANDARD: readonly (readonly [string, FieldRule])[] = [
  ['id', rule({ kind: 'whole' })],
  ['version', rule({ kind: 'whole' })],
  ['changes', { ...rule({ kind: 'many', model: 'Change' }), isReadOnly: true, isOnDemand: true }],
  ['url', { ...rule({ kind: 'text' }), isReadOnly: true }],
];

export function model(description: Description): Model {
  const fields = new Map<string, FieldRule>(description.isBare === true ? [] : STANDARD);
  const readOnly = new Set(words(description.readOnly));
  const onDemand = new Set(words(description.onDemand));
  const add = (name: string, kind: FieldKind): void => {
    const isOnDemand = onDemand.has(name);
    fields.set(name, { kind, isReadOnly: readOnly.has(name), isOnDemand });
  };
  for (const kind of PLAIN) for (const name of words(description[kind])) add(name, { kind });
  for (const [name, of] of Object.entries(description.choice ?? {})) {
    add(name, { kind: 'choice', of: words(of) });
  }
  for (const kind of ['one', 'many'] as const) {
    for (const word of words(description[kind])) {
      const [name = '', target = ''] = word.split(':');
      add(name, { kind, model: target });
    }
  }
  return { name: description.name, path: description.path, fields };
}

function rule(kind: FieldKind): FieldRule {
  return { kind, isReadOnly: false, isOnDemand: false };
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
