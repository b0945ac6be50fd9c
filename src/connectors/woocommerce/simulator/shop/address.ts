import { has, textOf, type Fields } from '../api/fields.ts';

/** A billing or shipping address. Shipping addresses have no e-mail. */
export type Address = {
  readonly first_name: string;
  readonly last_name: string;
  readonly company: string;
  readonly address_1: string;
  readonly address_2: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  readonly country: string;
  readonly email: string;
  readonly phone: string;
};

export const NO_ADDRESS: Address = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
  email: '',
  phone: '',
};

const PARTS = Object.keys(NO_ADDRESS) as readonly (keyof Address)[];

/** An address with those parts changed that are given. */
export function changedAddress(address: Address, fields: Fields): Address {
  const changed: Record<keyof Address, string> = { ...address };
  for (const part of PARTS) if (has(fields, part)) changed[part] = textOf(fields, part);
  return changed;
}

/** As WooCommerce shows the address goods are sent to: without an e-mail. */
export function shippingFields(address: Address): Fields {
  const { email: _, ...shown } = address;
  return shown;
}
