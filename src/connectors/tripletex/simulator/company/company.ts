import type { LocalDate } from '../../../../domain/date.ts';
import { present } from '../../../../lib/assert.ts';
import type { Fields } from '../wire/record.ts';
import type { Language } from '../wire/sentences.ts';
import { idIn, type Entity, type Shelf } from './shelf.ts';

/** What has happened to an object, for those who subscribe to it. */
export type Happening = { readonly event: string; readonly id: number };

/** What was sent out to a customer. */
export type Sent = {
  readonly invoiceId: number;
  readonly invoiceNumber: number;
  readonly sendType: string;
  readonly to: string;
};

/** What a person has chosen or bought in Tripletex itself. */
export type Setup = {
  language: Language;
  /** Whether the token's employee may send vouchers to the ledger: "Advanced Voucher". */
  maySendToLedger: boolean;
  /** Whether departments are in use: an employee then needs one. */
  hasDepartments: boolean;
  /** Whether invoices are rounded to whole kroner. */
  roundsInvoices: boolean;
  /** No posting on these accounts up to and including a day: the bank statement is reconciled. */
  readonly reconciledTo: Map<number, LocalDate>;
  /** Kroner for so many units of a currency. */
  readonly rates: Map<string, number>;
};

/** Numbers that Tripletex gives by itself, by what they number. */
export type Series = Map<string, number>;

export type StoredDocument = { readonly mediaType: string; readonly bytes: Uint8Array };

/** A company and all that it has in Tripletex. */
export type Company = {
  readonly id: number;
  /** Gives an id that no object has. */
  readonly newId: () => number;
  readonly setup: Setup;
  readonly shelves: Map<string, Shelf>;
  readonly series: Series;
  readonly documents: Map<number, StoredDocument>;
  readonly outbox: Sent[];
  /** Waits to be told to subscribers. */
  readonly happenings: Happening[];
};

/** When something is written, and by whom. */
export type Moment = {
  readonly atMs: number;
  readonly today: LocalDate;
  /** As time stamps are shown. */
  readonly timestamp: string;
  readonly employeeId: number;
};

export function shelfOf(company: Company, model: string): Shelf {
  let shelf = company.shelves.get(model);
  if (shelf === undefined) {
    shelf = new Map();
    company.shelves.set(model, shelf);
  }
  return shelf;
}

export function entitiesOf(company: Company, model: string): Entity[] {
  return [...shelfOf(company, model).values()];
}

export function entityOf(company: Company, model: string, id: number | null): Entity | null {
  return id === null ? null : (company.shelves.get(model)?.get(id) ?? null);
}

/** What a reference that our own code has kept points at. @throws InvariantError when nothing */
export function referred(company: Company, model: string, id: number | null): Entity {
  return present(entityOf(company, model, id), `the ${model} ${id}`);
}

/** The object a field points at. @returns null when it points at nothing */
export function pointed(company: Company, entity: Entity, to: readonly [string, string]) {
  const [field, model] = to;
  return entityOf(company, model, idIn(entity.fields, field));
}

/** Keeps a new object, and tells it. */
export function put(
  company: Company,
  moment: Moment,
  made: { readonly model: string; readonly fields: Fields; readonly id?: number },
): Entity {
  const { employeeId, timestamp, atMs } = moment;
  const id = made.id ?? company.newId();
  const entity: Entity = {
    id,
    model: made.model,
    version: 0,
    fields: made.fields,
    createdAtMs: atMs,
    changes: [{ employeeId, timestamp, changeType: 'CREATE' }],
  };
  shelfOf(company, made.model).set(id, entity);
  tell(company, entity, 'create');
  return entity;
}

/** Sets some fields of a kept object, and tells it. */
export function change(company: Company, entity: Entity, by: ChangeBy): void {
  entity.fields = { ...entity.fields, ...by.fields };
  entity.version += 1;
  const { employeeId, timestamp } = by.moment;
  entity.changes.push({ employeeId, timestamp, changeType: 'UPDATE' });
  tell(company, entity, 'update');
}

type ChangeBy = { readonly moment: Moment; readonly fields: Fields };

export function remove(company: Company, entity: Entity): void {
  shelfOf(company, entity.model).delete(entity.id);
  tell(company, entity, 'delete');
}

/** The next number of a series. */
export function takeNumber(company: Company, series: string): number {
  const number = company.series.get(series) ?? 1;
  company.series.set(series, number + 1);
  return number;
}

/** `order.create`. Which of them anybody can subscribe to is for `webhooks/events.ts` to say. */
function tell({ happenings }: Company, { model, id }: Entity, verb: string): void {
  const object = model.charAt(0).toLowerCase() + model.slice(1);
  happenings.push({ event: `${object}.${verb}`, id });
}
