/** A kitchen or a bathroom, with the designs that were drawn for it. */
export type Project = {
  readonly number: string;
  readonly name: string;
  readonly salesperson?: string;
  readonly designer?: string;
  readonly customer: Customer;
  readonly alternatives: readonly Alternative[];
};

export type Customer = {
  /** Winner's own; some have none. */
  readonly number: string | null;
  readonly type: 'private' | 'company';
  readonly name: string;
  readonly orgNo?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: Address;
  readonly deliveryAddress?: Address;
};

export type Address = {
  readonly line1: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
};

/** One design with its price and its own payment calendar. */
export type Alternative = {
  readonly number: number;
  readonly groups: readonly Group[];
  /** The default, one line of 100 %, when absent. */
  readonly calendar?: readonly CalendarLine[];
};

/** What belongs together on the quotation: cabinets, worktops, white goods, installation. */
export type Group = {
  readonly code: string;
  readonly name: string;
  /** With VAT. */
  readonly gross: string;
  readonly vatRate: number;
  /** Winner Bizz can ask for the whole of these in a calendar line of its own. */
  readonly isInstallation?: boolean;
};

/** One line of a payment calendar, entered as a part of the price or as the installation. */
export type CalendarLine = {
  readonly type: 'prepayment' | 'partial' | 'final' | 'financing' | 'installation';
  readonly label?: string;
  readonly dueDate?: string;
  readonly dueRule?: string;
} & ({ readonly basis: 'percent'; readonly percent: string } | { readonly basis: 'installation' });

export const DEFAULT_CALENDAR: readonly CalendarLine[] = [
  { type: 'final', basis: 'percent', percent: '100' },
];

/** What a customer has said yes to: one alternative, or several on one contract. */
export type Quote = {
  /** `winner:24017:alt:3`. */
  readonly externalId: string;
  readonly project: Project;
  readonly alternatives: readonly number[];
  readonly contractNo: string | null;
  groups: readonly Group[];
  calendar: readonly CalendarLine[];
  acceptedAt: string;
  /** 1 when it is accepted first, and one more each time it is accepted again. */
  revision: number;
  /** `waiting` until somebody has taken it. */
  state: 'waiting' | 'taken' | 'rejected';
  attempts: number;
  errors: readonly string[];
};
