import type { LocalDate } from '../../domain/date.ts';
import type { Currency } from '../../domain/money.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AnyConnector, Secrets } from '../../ports/connector.ts';

/** What the suite for targets needs of a connector. Written in the connector's `contract.ts`. */
export type TargetTrial = {
  /** A simulated system with one company, connected. Each test gets one of its own. */
  start(login: LoginKind): Promise<TargetRun>;
  readonly ledger: TrialLedger;
  /** The system's own answers, by the names that `says` knows them by. */
  readonly answers: {
    /** Our request is malformed. */
    readonly malformed: readonly string[];
    /** A right, scope or licence is missing. */
    readonly forbidden: readonly string[];
  };
  /** Tests that this system cannot pass, each with the reason. They stand in its README too. */
  readonly gaps?: Readonly<Record<string, string>>;
};

/** A trial with the connector it is of. */
export type TargetUnderTest = { readonly connector: AnyConnector; readonly trial: TargetTrial };

/**
 * - `lasting`: as most connections are made.
 * - `rotating`: by a refresh token that is used once and replaced. A second use loses the login.
 */
export type LoginKind = 'lasting' | 'rotating';

/** What the simulated company's books hold before a test changes them. */
export type TrialLedger = {
  readonly currency: Currency;
  /** A currency that its books are not kept in. */
  readonly foreignCurrency: Currency;
  /** An open day of the current financial year, one of the year before, one of no year. */
  readonly day: LocalDate;
  readonly lastYear: LocalDate;
  readonly dayWithoutYear: LocalDate;
  /** Accounts that take any row; the chart has no `missing`. */
  readonly accounts: {
    readonly money: string;
    readonly sales: string;
    readonly vat: string;
    readonly missing: string;
  };
  /** A series that takes vouchers; one that does not; one that there is not. */
  readonly series: {
    readonly open: string;
    readonly closed: string;
    readonly missing: string;
  };
  /** Items of a list that come in one answer. One more must be read too. */
  readonly pageSize: number;
};

/** A simulated system while a test runs. */
export type TargetRun = {
  /** Settings as a person would write them; hosts are those of the simulator. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Secrets;
  /** The simulator's own time. */
  readonly clock: Clock;
  advance(ms: number): void;
  /** Lets requests go wrong, once unless `times` says otherwise. */
  fail(fault: RemoteFault, at: FaultPlace): void;
  /** Brings the company into a state, as a person there could. */
  arrange(situation: Situation): Promise<void>;
  /** The ledger as its own user reads it, past the API. */
  booked(): readonly BookedVoucher[];
  /** Files that belong to vouchers, and those that belong to nothing. */
  files(): Promise<{ readonly attached: readonly Attached[]; readonly loose: number }>;
  /** What is wrong with the books by the system's own account: always nothing. */
  problems(): readonly string[];
  /** Goes through the consent page as a person. Absent: there is none. */
  consent?(url: string): Promise<{ readonly code: string; readonly state: string }>;
  stop(): Promise<void>;
};

/** A voucher in the simulated ledger. Amounts in minor units, none of them negative. */
export type BookedVoucher = {
  readonly label: string;
  readonly date: string;
  readonly series: string;
  readonly text: string;
  readonly rows: readonly {
    readonly account: string;
    readonly debit: bigint;
    readonly credit: bigint;
    readonly text: string;
    readonly costCentre: string;
    readonly project: string;
  }[];
};

/** A file at a voucher; `text` is what it holds. */
export type Attached = {
  readonly label: string;
  /** The year of the voucher's day. */
  readonly year: string;
  readonly text: string;
};

/** Which requests go wrong: those of a write (`POST /3/vouchers`), of the login, or any reading. */
export type FaultPlace = (
  | { readonly kind: 'write'; readonly call: string }
  | { readonly kind: 'login' }
  | { readonly kind: 'reading' }
) & { readonly times?: number };

/** How one request goes wrong at the other side. `commits`: it has taken effect by then. */
export type RemoteFault =
  /** The connection is reset before the request is read. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'busy' }
  /** The gateway refuses the login this once; the login is good. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'server-error'; readonly commits: boolean }
  | { readonly kind: 'hang'; readonly commits: boolean }
  /** It takes effect; the connection ends before, or within, the answer. */
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'cut-answer' }
  /** It takes effect; the answer is a success whose body is something else. */
  | { readonly kind: 'wrong-body'; readonly body: 'error' | 'html' | 'empty' }
  /** It takes effect so long after we have given up. */
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'twice' }
  /** One of the system's own answers, see `TargetTrial.answers`. Nothing takes effect. */
  | { readonly kind: 'says'; readonly answer: string }
  /** Lists do not show what was made less than this long ago. */
  | { readonly kind: 'lag'; readonly ms: number };

/** A state that a person can bring the company into. */
export type Situation =
  | { readonly kind: 'locked'; readonly upTo: LocalDate }
  | { readonly kind: 'account-inactive'; readonly account: string }
  | {
      readonly kind: 'account-needs';
      readonly account: string;
      readonly dimension: 'costCentre' | 'project';
    }
  | { readonly kind: 'series'; readonly code: string; readonly manual: boolean }
  | { readonly kind: 'cost-centres'; readonly codes: readonly string[] }
  | { readonly kind: 'projects'; readonly codes: readonly string[] }
  /** The login may not read these registers. */
  | { readonly kind: 'no-registers' }
  /** The login may not post vouchers; the company has not bought what it takes. */
  | { readonly kind: 'no-right' }
  | { readonly kind: 'no-licence' }
  | { readonly kind: 'no-year'; readonly of: LocalDate }
  /** Access tokens end. */
  | { readonly kind: 'token-ended' }
  /** Nothing that the login is renewed by is good any more. */
  | { readonly kind: 'login-lost' }
  /** Lists leave out the field that the hub's key stands in. */
  | { readonly kind: 'keys-not-listed' }
  /** A voucher without a year of its own goes into the one that people work in. */
  | { readonly kind: 'year-by-default' }
  | { readonly kind: 'offline' };
