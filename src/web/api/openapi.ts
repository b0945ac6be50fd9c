import type { Accounts } from '../access/accounts.ts';
import type { Live } from '../live.ts';
import { allRoutes, OPENAPI } from './api.ts';

/** The API as OpenAPI 3.1. No hub is needed: the routes say it themselves. */
export function openApiDocument() {
  // Nothing is called: what the routes would use need not be there.
  const none = {} as unknown;
  const parts = { accounts: none as Accounts, live: none as Live, setupToken: '', demo: null };
  return allRoutes(parts).getOpenAPI31Document(OPENAPI);
}
