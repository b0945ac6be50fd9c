/**
 * How the shop's surroundings are: what its host, its plugins and its age make of WooCommerce.
 * Each can be chosen when a simulator is started or while it runs.
 */
export type Choices = {
  /**
   * What WordPress takes the connection for. `https` is a shop behind a server that ends TLS and
   * says so; over `http`, and behind a proxy that does not say, keys are not taken as they are and
   * requests have to be signed.
   */
  readonly scheme: 'https' | 'http';
  /** Many hosts take the `Authorization` header away before PHP sees it. */
  readonly authorizationHeader: 'kept' | 'stripped';
  /** Without pretty permalinks there is no `/wp-json`: only `/?rest_route=`. */
  readonly permalinks: 'pretty' | 'plain';
  /** Whether hooks go to this machine and to any port. WordPress itself refuses. */
  readonly hookAddresses: 'any' | 'public';
  /** Where keys are sent by the page that asks the owner for them. WooCommerce demands https. */
  readonly keyCallbacks: 'https' | 'any';
  /** What the owner of the shop answers when an app asks for keys. */
  readonly owner: 'approves' | 'denies' | 'page';
  /** Hooks wait for WP-Cron: at once, when they are told to, or every so often. */
  readonly cron: 'at-once' | 'by-hand' | { readonly everyMs: number };
  /** Bodies of hooks: as the object is when they are sent, or as it was when it happened. */
  readonly hookBodies: 'at-delivery' | 'as-raised';
  readonly hookOrder: 'as-raised' | 'reversed';
  /** How often each hook is sent. */
  readonly hookCopies: number;
};

export const DEFAULT_CHOICES: Choices = {
  scheme: 'https',
  authorizationHeader: 'kept',
  permalinks: 'pretty',
  hookAddresses: 'any',
  keyCallbacks: 'https',
  owner: 'page',
  cron: 'by-hand',
  hookBodies: 'at-delivery',
  hookOrder: 'as-raised',
  hookCopies: 1,
};
