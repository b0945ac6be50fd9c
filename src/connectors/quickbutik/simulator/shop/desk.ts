import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { Shop } from './shop.ts';

/** The events that webhooks exist for. None tells of an edit or a refund. */
export type EventType =
  | 'order.new'
  | 'order.done'
  | 'order.cancelled'
  | 'product.add'
  | 'product.update'
  | 'product.delete';

/** What somebody needs to act in a shop: the shop, the time, and who is told of it. */
export type Desk = {
  readonly shop: Shop;
  readonly nowMs: number;
  readonly chance: Chance;
  readonly choices: Choices;
  /** Tells those who listen to webhooks. @param id of the order or the product */
  readonly tell: (event: EventType, id: number) => void;
};
