import { NO_ADDRESS } from './address.ts';
import type { Customer, NewCustomer } from './customer.ts';
import { nextId, type Scene } from './shop.ts';

export function addCustomer(scene: Scene, given: NewCustomer): Customer {
  const { shop, nowMs } = scene;
  const customer: Customer = {
    id: nextId(shop, 'user'),
    email: given.email,
    firstName: given.firstName ?? '',
    lastName: given.lastName ?? '',
    username: given.username ?? given.email.split('@')[0] ?? '',
    billing: { ...NO_ADDRESS, ...given.billing },
    shipping: { ...NO_ADDRESS, ...given.shipping },
    createdMs: nowMs,
    modifiedMs: nowMs,
    isPaying: false,
    meta: [],
  };
  shop.customers.set(customer.id, customer);
  scene.raise('customer.created', customer.id);
  return customer;
}
