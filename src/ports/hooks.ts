/**
 * Messages by which a system says that something in it has changed (webhooks).
 *
 * They are a nudge and nothing more: they come twice, late, out of order or never, and what stands
 * in them may be old or not true. What they name is looked at in the system itself.
 */
export type HookReader = {
  /**
   * What a message is worth. Pure, and never throws: anybody may send anything.
   *
   * @param secret - what the system signs its messages with, where it signs them
   */
  hear(message: HookMessage, secret: string): Heard;
};

/** A message as it came to a connection's own, unguessable address. Header names are lower case. */
export type HookMessage = {
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came, to the byte: that is what is signed. */
  readonly body: Uint8Array;
};

/** What a message is worth. */
export type Heard =
  /** The system is looked at now. `object` as its feed names it; null: nothing in particular. */
  | { readonly kind: 'look'; readonly object: string | null }
  /** A greeting, or of something that nobody here is interested in. */
  | { readonly kind: 'nothing' }
  /** Not signed by the system. */
  | { readonly kind: 'forged' };

/** Sees to it in the system itself that its messages come. Absent: a person enters the address. */
export type HookKeeper = {
  /**
   * Looks what the system sends to the address, and makes, moves and switches on what is missing.
   * Asked again after a lost answer it makes nothing twice.
   *
   * @throws ConnectorError `setup` when the login may not do that
   */
  keep(place: HookPlace): Promise<HooksKept>;
  /** Takes back all that is sent to the address. @returns how many kinds of messages */
  remove(place: HookPlace): Promise<number>;
};

/** Where messages are to be sent. */
export type HookPlace = {
  readonly url: string;
  /** The part of the address that stays when the hub moves: by it earlier ones are known. */
  readonly token: string;
  readonly secret: string;
  /** Messages have come that were not signed with it: it is set anew. */
  readonly isSecretWrong: boolean;
};

/** What was found and mended, by the system's own names of the messages. */
export type HooksKept = {
  readonly made: readonly string[];
  /** The system had stopped sending them: what it missed is not sent any more. */
  readonly switchedOn: readonly string[];
  /** They went to an earlier address of the hub. */
  readonly moved: readonly string[];
};
