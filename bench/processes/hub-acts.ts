import type { DatabasePlace } from '../../src/store/hub-database.ts';

/** What a hub process is started with, as JSON in its first argument. */
export type HubTask = {
  readonly home: string;
  readonly database: DatabasePlace;
  readonly flow: FlowName;
  /** Whether it looks after the job queue's house: one of several does. */
  readonly maintain: boolean;
};

/**
 * - `four-calls`: customer, invoice, booking and payment for each document, without a limit
 * - `day-reports`: a day report as it is booked in earnest, without a limit
 * - `limited`: the same under Fortnox' own limit
 */
export type FlowName = 'four-calls' | 'day-reports' | 'limited';

/** A company to be set up, and where its books are. */
export type CompanySeed = {
  readonly name: string;
  /** null: nothing is booked, what comes is read and kept. */
  readonly ledger: {
    readonly tenantId: number;
    readonly apiUrl: string;
    readonly authUrl: string;
  } | null;
};

/** A company that has been set up. */
export type BenchCompany = {
  /** The connection that its files come by. */
  readonly sourceId: string;
  /** What files are uploaded with. */
  readonly key: string;
};

/** A file for a connection. */
export type TillFile = {
  readonly connectionId: string;
  readonly name: string;
  readonly text: string;
};

/** What can be asked of a hub process. */
export type HubActs = {
  'add-companies': {
    readonly asks: { readonly companies: readonly CompanySeed[] };
    readonly answers: readonly BenchCompany[];
  };
  /** Gives it files to hand over later, so that the giving is not measured. */
  load: { readonly asks: { readonly files: readonly TillFile[] }; readonly answers: null };
  /** Hands the files over as fast as they are taken. */
  take: { readonly asks: Record<never, never>; readonly answers: null };
  /** Hands them over at a steady rate. @answers when each was due, by name */
  stream: {
    readonly asks: { readonly perSecond: number };
    readonly answers: Readonly<Record<string, number>>;
  };
  'start-worker': { readonly asks: Record<never, never>; readonly answers: null };
  'stop-worker': { readonly asks: Record<never, never>; readonly answers: null };
  counts: { readonly asks: Record<never, never>; readonly answers: HubCounts };
};

/** Counted since the process began. */
export type HubCounts = {
  /** Statements sent to the database one by one: each is a round trip. */
  readonly roundTrips: number;
  /** Deliveries that this process has brought to their end. */
  readonly done: number;
};

export type HubActName = keyof HubActs;

/** What goes over to the process, and what comes back. */
export type HubQuestion = { readonly id: number; readonly act: HubActName; readonly asks: unknown };
export type HubAnswer =
  | { readonly kind: 'ready' }
  /** Deliveries done so far, told now and then. */
  | { readonly kind: 'done'; readonly count: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly says: string };
