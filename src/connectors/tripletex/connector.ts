import { defineConnector } from '../../ports/connector.ts';
import { TripletexClient } from './client.ts';
import { hearEvent } from './hooks/hear.ts';
import { subscriptionKeeper } from './hooks/keep.ts';
import { TRIPLETEX_SETTINGS } from './settings.ts';
import { TAKES, tripletexTarget } from './target.ts';
import { TRIPLETEX_TEXTS } from './setting-texts.ts';

/** Tripletex, a Norwegian accounting system. Limits, oddities and links: README.md beside this. */
export const connector = defineConnector({
  id: 'tripletex',
  name: 'Tripletex',
  hosts: (settings) => [new URL(settings.apiUrl).host],
  settings: TRIPLETEX_SETTINGS,
  texts: TRIPLETEX_TEXTS,
  secrets: ['consumerToken', 'employeeToken', 'sessionToken', 'sessionEndsOn'],
  typedSecrets: ['consumerToken', 'employeeToken'],
  // Not published; what one user met. The headers of each answer are kept to besides.
  rateLimit: { requests: 90, perMs: 60_000 },
  gives: [],
  takes: TAKES,
  hooks: { hear: hearEvent },
  open: (context) => ({
    target: tripletexTarget(context),
    hooks: subscriptionKeeper(new TripletexClient(context)),
  }),
});
