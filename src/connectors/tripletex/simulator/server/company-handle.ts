import { plusDays } from '../../../../domain/date.ts';
import { present } from '../../../../lib/assert.ts';
import { journalOf } from '../books/journal.ts';
import { readLedger, type Ledger } from '../books/ledger.ts';
import { put, type Company, type Sent } from '../company/company.ts';
import { furnish, type CompanySeed } from '../company/seed.ts';
import type { Tally } from '../counters.ts';
import { momentIn } from './api-site.ts';
import { changeState, type StateChange } from './state-change.ts';
import type { World } from './world.ts';

/** What a connector is given to open a company. */
export type Credentials = { readonly consumerToken: string; readonly employeeToken: string };

/** A company seen from outside the API: seeding, proofs, and what people do in Tripletex itself. */
export type CompanyHandle = {
  readonly id: number;
  /** The employee whose token it is. */
  readonly employeeId: number;
  readonly credentials: Credentials;
  /** The token of a session that lasts until the day after tomorrow. */
  session(): string;
  set(change: StateChange): void;
  /** Every session stops working, as after midnight. */
  endSessions(): void;
  /** The employee deletes the token. */
  withdraw(): void;
  ledger(): Ledger;
  /** The books for hledger. */
  journal(): string;
  /** What went out to customers. Empty where nobody asked for it. */
  outbox(): readonly Sent[];
  tally(): Tally;
};

/** The consumer that every company lets in unless its seed says otherwise. */
const CONSUMER_TOKEN = 'bokbro-consumer';

const FIRST_COMPANY = 1001;
const SESSION_DAYS = 2;

export function addCompany(world: World, seed: CompanySeed): CompanyHandle {
  const id = seed.id ?? Math.max(FIRST_COMPANY - 1, ...world.companies.keys()) + 1;
  const company: Company = {
    id,
    newId: world.newId,
    setup: {
      language: seed.language ?? 'nb',
      maySendToLedger: seed.maySendToLedger ?? true,
      hasDepartments: seed.hasDepartments ?? true,
      roundsInvoices: seed.roundsInvoices ?? false,
      reconciledTo: new Map(),
      rates: new Map(),
    },
    shelves: new Map(),
    series: new Map(),
    documents: new Map(),
    outbox: [],
    happenings: [],
  };
  world.companies.set(id, company);
  const { employeeId } = furnish(company, seed, momentIn(world, 0));
  keepClients(world, company, seed.clients ?? []);
  company.happenings.length = 0;
  const clients = seed.clients ?? [];
  world.sessions.newKey({ consumerToken: CONSUMER_TOKEN, companyId: id, employeeId, clients });
  return handleOf(world, id);
}

/** The companies that an accountant sees under `/company/>withLoginAccess`. */
function keepClients(world: World, company: Company, clients: readonly number[]): void {
  for (const id of clients) {
    const client = present(world.companies.get(id), `the company ${id}`);
    const { fields } = present(client.shelves.get('Company')?.get(id), 'its own record');
    const about = { ...fields, address: null, customerCompanyId: id };
    put(company, momentIn(world, 0), { model: 'Client', fields: about, id });
  }
}

/** @throws InvariantError when there is no such company */
export function handleOf(world: World, id: number): CompanyHandle {
  const company = present(world.companies.get(id), `the company ${id}`);
  const key = present(world.sessions.firstKey(id), 'a token of its employee');
  const { consumerToken, token, employeeId } = key;
  return {
    id,
    employeeId,
    credentials: { consumerToken, employeeToken: token },
    session: () => {
      const until = plusDays(world.clock.today(), SESSION_DAYS);
      return world.sessions.open(key, until).token;
    },
    set: (change) => changeState(company, change),
    endSessions: () => world.sessions.endAll(id),
    withdraw: () => world.sessions.withdraw(id),
    ledger: () => readLedger(company),
    journal: () => journalOf(readLedger(company)),
    outbox: () => [...company.outbox],
    tally: () => world.counters.tally(id),
  };
}
