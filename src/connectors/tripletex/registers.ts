import type { TripletexClient } from './client.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * Tripletex refers to everything by ids of its own, whereas documents and people go by numbers: of
 * accounts, VAT codes, departments and projects; kinds of voucher go by their names, currencies by
 * their codes.
 */
export type Register = 'account' | 'vat' | 'department' | 'project' | 'voucher-type' | 'currency';

type Kept = ReadonlyMap<string, WireObject>;

const READ: Readonly<Record<Register, { readonly path: string; readonly key: string }>> = {
  account: {
    path:
      '/ledger/account?fields=id,number,name,isInactive,vatLocked,ledgerType,' +
      'requiresDepartment,requiresProject,vatType(number)',
    key: 'number',
  },
  vat: { path: '/ledger/vatType?fields=id,number,name,percentage', key: 'number' },
  department: {
    path: '/department?fields=id,departmentNumber,name,isInactive',
    key: 'departmentNumber',
  },
  project: { path: '/project?fields=id,number,name,isClosed', key: 'number' },
  'voucher-type': { path: '/ledger/voucherType?fields=id,name', key: 'name' },
  currency: { path: '/currency?fields=id,code', key: 'code' },
};

/** The company's registers, read when they are first needed and again when a number is missing. */
export class Registers {
  readonly #client: TripletexClient;
  readonly #kept = new Map<Register, Promise<Kept>>();

  constructor(client: TripletexClient) {
    this.#client = client;
  }

  /** Everything in a register, by number. @throws ConnectorError when it cannot be read */
  all(register: Register): Promise<Kept> {
    const kept = this.#kept.get(register) ?? this.#read(register);
    this.#kept.set(register, kept);
    // What could not be read is asked for again the next time.
    kept.catch(() => this.#kept.delete(register));
    return kept;
  }

  /** The same, as it stands now. */
  fresh(register: Register): Promise<Kept> {
    this.#kept.delete(register);
    return this.all(register);
  }

  /** The id of what has this number. @returns null when there is none, also by a second look */
  async idOf(register: Register, number: string): Promise<number | null> {
    const kept = (await this.all(register)).get(number);
    const found = kept ?? (await this.fresh(register)).get(number);
    return found === undefined ? null : Number(textOf(found, 'id'));
  }

  async #read(register: Register): Promise<Kept> {
    const { path, key } = READ[register];
    const listed = await this.#client.list(path);
    return new Map(listed.map((one) => [textOf(one, key), one]));
  }
}

/** The VAT code that an account has of its own; empty when none. */
export function ownVatCode(account: WireObject): string {
  return textOf(objectOf(account, 'vatType'), 'number');
}

/**
 * A company without a module, or a login without a right, can still post vouchers that do not use
 * the register: then it is unknown.
 */
export async function unlessForbidden<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConnectorError && error.failure.kind === 'setup') return null;
    throw error;
  }
}
