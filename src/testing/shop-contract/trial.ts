import type { AnyConnector, Secrets } from '../../ports/connector.ts';

/** What the suite for shops needs of a connector. Written in the connector's `contract.ts`. */
export type ShopTrial = {
  /** A simulated shop, connected with a login that may write. Each test gets one of its own. */
  start(): Promise<ShopRun>;
  /** A state of the shop's own that a new order can be moved on to. */
  readonly nextState: string;
  /** Whether the shop signs its messages: then no other message is taken for its own. */
  readonly signsMessages: boolean;
  /** Whether the connector has the shop send its messages. Else a person enters their address. */
  readonly ordersMessages: boolean;
  /** Tests that this system cannot pass, each with the reason. They stand in its README too. */
  readonly gaps?: Readonly<Record<string, string>>;
};

/** A trial with the connector it is of. */
export type ShopUnderTest = { readonly connector: AnyConnector; readonly trial: ShopTrial };

/** A simulated shop while a test runs. */
export type ShopRun = {
  /** Settings as a person would write them; hosts are those of the simulator. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Secrets;
  /** A customer buys something and pays. @returns the shop's own id of the order */
  buy(): string;
  /** What stands at an order for the people of the shop: texts of ours and of others. */
  told(order: string): Promise<readonly string[]>;
  /** The next call that writes takes effect, and its answer never comes. */
  loseAnswer(): void;
  /** The keys are taken away. */
  withdrawKeys(): void;
  /** Messages go to an address that a person has entered. Absent: the connector enters it. */
  listen?(url: string): void;
  /** Something happens to an order that the shop tells of, and what waits is sent. */
  tellOf(order: string): Promise<void>;
  /** The shop stops sending messages. Absent where it never does by itself. */
  switchOff?(): Promise<void>;
  /** How many kinds of messages the shop sends, to whomever. */
  kindsSent?(): Promise<number>;
  /** Its owner approves on the shop's own page, and it sends the keys where that says. */
  approve?(page: string): Promise<void>;
  /** What it sells. Absent where neither stock nor articles go there. */
  readonly goods?: ShopGoods;
  stop(): Promise<void>;
};

/** What a simulated shop sells, as the people in it see it. */
export type ShopGoods = {
  /** What is sold by itself, and a variation. Both are counted and sold at 25 %; some are left. */
  readonly numbers: { readonly simple: string; readonly variation: string };
  /** What has this number; a variation is called as its product. */
  seen(number: string): Promise<SeenProduct>;
  /** A customer buys one. */
  sell(number: string): void;
  /** Its owner takes it off the shelf for good. */
  remove(number: string): Promise<void>;
  /** How many calls so far have changed something. */
  writes(): number;
};

/** A product as its owner sees it. */
export type SeenProduct = {
  readonly name: string;
  /** As it is entered, such as `125.00`: with VAT. */
  readonly price: string;
  readonly stock: number;
  /** Whether customers see it. */
  readonly isSeen: boolean;
  /** How many products have its number. */
  readonly count: number;
};
