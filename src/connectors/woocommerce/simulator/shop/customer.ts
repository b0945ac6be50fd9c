import type { Address } from './address.ts';
import type { Meta } from './meta.ts';

/** A registered customer. A guest is none. */
export type Customer = {
  readonly id: number;
  email: string;
  firstName: string;
  lastName: string;
  username: string;
  billing: Address;
  shipping: Address;
  readonly createdMs: number;
  modifiedMs: number;
  isPaying: boolean;
  readonly meta: Meta[];
};

export type NewCustomer = {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly billing?: Partial<Address>;
  readonly shipping?: Partial<Address>;
};
