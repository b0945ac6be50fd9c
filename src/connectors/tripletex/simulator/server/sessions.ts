import { parseLocalDate, type LocalDate } from '../../../../domain/date.ts';
import type { Chance } from '../../../../lib/stand-in/chance.ts';
import { startOfDayMs, type SimulatorClock } from '../clock.ts';

/** A key that an employee made for one consumer: it opens one company. */
export type EmployeeKey = {
  readonly token: string;
  readonly consumerToken: string;
  readonly companyId: number;
  readonly employeeId: number;
  /** Companies that an accountant's employee may act for besides. */
  readonly clients: readonly number[];
};

export type Session = {
  readonly id: number;
  readonly token: string;
  readonly key: EmployeeKey;
  readonly expirationDate: LocalDate;
  isDead: boolean;
};

const TOKEN_DIGITS = 48;

/**
 * Tokens of consumers and employees, and the sessions made of them.
 *
 * | Uncertain               | Chosen                                                           |
 * |-------------------------|------------------------------------------------------------------|
 * | When a session ends     | as the expiration date begins in Norway: "midnight of that date" |
 * | Sessions per key        | any number; making one ends no other                             |
 */
export class Sessions {
  readonly #clock: SimulatorClock;
  readonly #chance: Chance;
  readonly #keys = new Map<string, EmployeeKey>();
  readonly #made: EmployeeKey[] = [];
  readonly #sessions = new Map<string, Session>();

  constructor(clock: SimulatorClock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  newKey(about: Omit<EmployeeKey, 'token'>): EmployeeKey {
    const key = { ...about, token: this.#chance.hex(TOKEN_DIGITS) };
    this.#keys.set(key.token, key);
    this.#made.push(key);
    return key;
  }

  /** The key, when it was made for that consumer. */
  keyOf(tokens: { readonly consumer: string; readonly employee: string }): EmployeeKey | null {
    const key = this.#keys.get(tokens.employee);
    return key?.consumerToken === tokens.consumer ? key : null;
  }

  /** The first key that was made for a company, also when it is withdrawn. */
  firstKey(companyId: number): EmployeeKey | null {
    return this.#made.find((key) => key.companyId === companyId) ?? null;
  }

  open(key: EmployeeKey, expirationDate: LocalDate): Session {
    const token = this.#chance.hex(TOKEN_DIGITS);
    const id = this.#sessions.size + 1;
    const session = { id, token, key, expirationDate, isDead: false };
    this.#sessions.set(token, session);
    return session;
  }

  find(token: string): Session | null {
    return this.#sessions.get(token) ?? null;
  }

  isLive({ isDead, expirationDate, key }: Session): boolean {
    const isOver = this.#clock.nowMs() >= startOfDayMs(expirationDate);
    return !isDead && !isOver && this.#keys.has(key.token);
  }

  end(token: string): void {
    const session = this.#sessions.get(token);
    if (session) session.isDead = true;
  }

  /** Those of a company stop working, as after midnight. */
  endAll(companyId: number): void {
    for (const session of this.#sessions.values()) {
      if (session.key.companyId === companyId) session.isDead = true;
    }
  }

  /** The employee takes the key back: no session can be made with it, and none works on. */
  withdraw(companyId: number): void {
    for (const key of this.#keys.values()) {
      if (key.companyId === companyId) this.#keys.delete(key.token);
    }
  }
}

/** @returns null when the text is not a day, or is one that a session cannot end on */
export function readExpiration(text: string, today: LocalDate): LocalDate | null {
  const date = parseLocalDate(text);
  return date !== null && date > today ? date : null;
}
