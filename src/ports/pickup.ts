import type { Json } from '../lib/json.ts';

/** How the hub gets at a place elsewhere that it fetches from. `feed`: see `ports/feed.ts`. */
export type PickupKind = 'sftp' | 'mail' | 'feed';

/** Why a place cannot be looked into. Stable: stored. `src/text/pickups.ts` words it. */
export type PickupTroubleCode =
  | 'unreachable'
  | 'closed-network'
  | 'no-answer'
  | 'host-key-changed'
  | 'certificate'
  | 'login-refused'
  | 'key-unusable'
  | 'secret-sealed'
  | 'folder-missing'
  | 'folder-forbidden'
  | 'cannot-move'
  | 'cannot-put'
  | 'keys-refused'
  | 'busy'
  | 'set-up-there'
  | 'hooks-no-address'
  | 'hooks-not-allowed'
  | 'hooks-not-kept'
  | 'many-gone'
  | 'failed';

/** What is in the way of fetching, with what a person needs to mend it. Never a secret. */
export type PickupTrouble = {
  readonly code: PickupTroubleCode;
  readonly facts: Readonly<Record<string, string>>;
};

/** Why something was not taken, or not yet. Stable: stored. Worded beside the troubles. */
export type PassedCode =
  | 'nobodys'
  | 'too-large'
  | 'sender-not-allowed'
  | 'nothing-usable'
  | 'name-not-wanted'
  | 'inline-image'
  | 'signature'
  | 'winmail'
  | 'encrypted'
  | 'no-document'
  | 'nested-too-deep'
  | 'forbidden'
  | 'not-a-mail'
  | 'empty';

/** Why a file or mail was not taken, with the figures that decided it. */
export type PassedReason = {
  readonly code: PassedCode;
  readonly facts: Readonly<Record<string, string>>;
};

/** The outside could not be got at: thrown by what talks to it, told as data by who looks there. */
export class PickupError extends Error {
  override readonly name = 'PickupError';
  readonly trouble: PickupTrouble;

  constructor(trouble: PickupTrouble, options?: { cause?: unknown }) {
    super(`${trouble.code} ${JSON.stringify(trouble.facts)}`, options);
    this.trouble = trouble;
  }
}

/** A place elsewhere that files are fetched from, and balances may be put. */
export type Pickup = {
  readonly id: string;
  readonly name: string;
  readonly kind: PickupKind;
  /** Whose the files are; null: of every company, seen by their store. */
  readonly owner: { readonly companyId: string; readonly connectionId: string } | null;
  /** As its kind reads them: `hub/fetch/settings.ts`. */
  readonly settings: Json;
  readonly everySeconds: number;
  readonly failures: number;
  readonly trouble: PickupTrouble | null;
  /** Something to know of that stops nothing. */
  readonly note: PickupTrouble | null;
  /** The latest look that went well; null: none yet. */
  readonly lookedAtMs: number | null;
};

/** Where something that was found stands: see the table `fetched`. */
export type FetchedState = 'open' | 'kept' | 'gone' | 'left' | 'passed';
