import { defineConnector } from '../../ports/connector.ts';
import { fortnoxArticles } from './article-register.ts';
import { consentPage, exchangeCode } from './auth.ts';
import { FortnoxClient } from './client.ts';
import { FORTNOX_SETTINGS } from './settings.ts';
import { fortnoxStock } from './stock.ts';
import { fortnoxTarget, TAKES } from './target.ts';
import { FORTNOX_TEXTS } from './setting-texts.ts';

/** Fortnox, a Swedish accounting system. Limits, oddities and links: README.md beside this file. */
export const connector = defineConnector({
  id: 'fortnox',
  name: 'Fortnox',
  hosts: (settings) => [new URL(settings.apiUrl).host, new URL(settings.authUrl).host],
  settings: FORTNOX_SETTINGS,
  texts: FORTNOX_TEXTS,
  secrets: ['clientSecret', 'accessToken', 'accessEndsAtMs', 'refreshToken'],
  consent: { page: consentPage, exchange: exchangeCode },
  rateLimit: { requests: 25, perMs: 5_000 },
  gives: [],
  takes: TAKES,
  open: (context) => ({
    target: fortnoxTarget(context),
    stock: fortnoxStock(new FortnoxClient(context), context.clock),
    articles: fortnoxArticles(new FortnoxClient(context), context.clock),
  }),
});
