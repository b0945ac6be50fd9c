import { parseLocalDate } from '../../../../domain/date.ts';
import { present } from '../../../../lib/assert.ts';
import { readLedger, type Ledger } from '../books/ledger.ts';
import { exportSie } from '../books/sie.ts';
import { FORTNOX_RATE } from '../rate.ts';
import type { Tally, Usage } from '../counters.ts';
import { SCOPES } from '../oauth/scopes.ts';
import { newTenant, type TenantSeed } from '../tenant/seed.ts';
import { changeState, type StateChange } from './state-change.ts';
import { keepObjects, keepStartingObjects } from '../registers/starting-objects.ts';
import { setQuantity } from '../sales/stock.ts';
import { currentYear } from '../tenant/tenant.ts';
import type { World } from './world.ts';

/** A company seen from outside the API: seeding, proofs, and what people do in Fortnox itself. */
export type TenantHandle = {
  /** `DatabaseNumber`, the tenant id of tokens. */
  readonly id: number;
  /** Tokens as if an administrator had gone through the consent page. */
  grant(asked?: GrantRequest): { readonly accessToken: string; readonly refreshToken: string };
  set(change: StateChange): void;
  /** The tokens the app holds stop working, as after an hour. */
  expireAccessTokens(): void;
  /** The app must ask for consent again. */
  loseRefreshTokens(): void;
  withdrawConsent(): void;
  ledger(): Ledger;
  /** The books as SIE, in code page 437. The current year and type 4 unless asked otherwise. */
  sie(asked?: SieRequest): Uint8Array;
  /** A person counts an article in the store room. */
  count(of: { readonly article: string; readonly quantity: number }): void;
  tally(): Tally;
  /** How much of the rate limit was used; of Fortnox's own when the limit is off. */
  usage(): Usage;
};

export type GrantRequest = {
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  /** A service account: allows client_credentials from then on. */
  readonly isService?: boolean;
};

export type SieRequest = {
  readonly type?: 1 | 2 | 3 | 4;
  /** `Id` of the financial year. */
  readonly year?: number;
  readonly from?: string;
  readonly to?: string;
};

/** Companies are numbered from here. */
const FIRST_TENANT_ID = 1001;

export function addTenant(world: World, seed: TenantSeed): TenantHandle {
  const id = seed.id ?? Math.max(FIRST_TENANT_ID - 1, ...world.tenants.keys()) + 1;
  const birth = { id, atMs: world.clock.nowMs(), today: world.clock.today() };
  const tenant = newTenant(seed, birth);
  keepStartingObjects(tenant, birth.atMs);
  keepObjects(tenant, seed.objects ?? {}, birth.atMs);
  world.tenants.set(id, tenant);
  return handleOf(world, id);
}

/** @throws InvariantError when there is no such company */
export function handleOf(world: World, id: number): TenantHandle {
  const tenant = present(world.tenants.get(id), `the company ${id}`);
  const { grants, clock, counters } = world;
  return {
    id,
    grant: (asked = {}) => {
      const client = asked.clientId ?? present([...world.clients.keys()][0], 'an app');
      const consent = {
        clientId: client,
        tenantId: id,
        scopes: asked.scopes ?? SCOPES,
        isService: asked.isService ?? false,
      };
      grants.consent(consent);
      const tokens = grants.issue(consent, { hasRefresh: true });
      return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? '' };
    },
    set: (change) => changeState(tenant, change, clock.nowMs()),
    expireAccessTokens: () => grants.expireAccess(id),
    loseRefreshTokens: () => grants.loseRefresh(id),
    withdrawConsent: () => grants.withdrawConsent(id),
    ledger: () => readLedger(tenant),
    sie: (asked = {}) => {
      const year =
        tenant.years.find((one) => one.id === asked.year) ?? currentYear(tenant, clock.today());
      return exportSie(tenant, {
        type: asked.type ?? 4,
        year,
        from: parseLocalDate(asked.from ?? '') ?? year.from,
        to: parseLocalDate(asked.to ?? '') ?? year.to,
        hasAllAccounts: false,
        writtenOn: clock.today(),
      });
    },
    count: ({ article, quantity }) => {
      const entry = present(tenant.shelves.articles.entries.get(article), `the article ${article}`);
      setQuantity(entry, quantity, { nowMs: clock.nowMs(), choices: world.choices });
    },
    tally: () => counters.tally(id),
    usage: () => counters.usage(id, world.rate ?? FORTNOX_RATE),
  };
}
