import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Language } from '../domain/posting/words.ts';
import type { LedgerFindingCode } from '../ports/health.ts';
import { describeLedgerFinding } from './ledger-health.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];

/** The facts that each sentence has to say. */
const FACTS: Readonly<Record<LedgerFindingCode, readonly string[]>> = {
  connection: ['why'],
  company: ['name'],
  'company-untold': ['system'],
  'company-missing': ['system', 'company'],
  year: ['day'],
  'year-missing': ['system', 'day'],
  'next-year': ['upTo'],
  'next-year-missing': ['upTo', 'system'],
  'lock-none': [],
  lock: ['upTo'],
  'lock-stops': ['upTo', 'day', 'system'],
  series: ['series'],
  'series-missing': ['series', 'system'],
  'series-not-manual': ['series', 'system'],
  'voucher-kind': ['kind'],
  'voucher-kind-none': [],
  'voucher-kind-missing': ['kind'],
  'voucher-kind-own': ['kind', 'system'],
  registers: ['registers'],
  'registers-unread': ['registers'],
  chart: ['accounts'],
  'chart-empty': ['system'],
  'account-missing': ['account', 'roles', 'system'],
  'account-inactive': ['account', 'roles', 'system'],
  'vat-registered': [],
  'vat-not-registered': ['status', 'system'],
  'vat-codes-differ': ['wrong', 'needed'],
  right: ['right'],
  'right-refused': ['right', 'why', 'system'],
  'cash-method': ['system'],
  predefined: ['accounts', 'system'],
  'predefined-unusable': ['system', 'accounts'],
  'bank-details': [],
  'bank-details-missing': ['system'],
  'invoice-account': [],
  'invoice-account-missing': ['system'],
  'invoice-account-unread': ['system'],
  'payment-types': ['accounts'],
  'payment-types-none': ['system'],
  'project-leader': ['who'],
  'project-leader-unknown': ['system', 'who'],
  'collective-customer': ['number'],
  'collective-customer-unknown': ['number', 'system'],
  'collective-supplier': ['number'],
  'collective-supplier-unknown': ['number', 'system'],
  currencies: ['currencies'],
  'currency-only': ['currencies'],
  'warehouse-off': [],
  'warehouse-on': [],
  'sales-vat-codes': ['countries'],
  'sales-vat-code-differs': ['account', 'roles', 'sold', 'code', 'system'],
  'oss-accounts-shared': ['countries', 'account', 'first'],
  articles: ['count'],
  'articles-renamed': ['renamed', 'count', 'system', 'articles'],
  'rows-too-many': ['order', 'rows', 'most'],
  buyers: ['count'],
  'buyers-unknown': ['some', 'count', 'orders'],
  'buyer-numbers-refused': ['some', 'count', 'system', 'orders'],
  'buyer-cards': ['count'],
  'buyer-card-way-gone': ['customers', 'system', 'count'],
  'payment-mode-unknown': ['system', 'mode', 'method', 'known', 'account'],
  'payment-mode-differs': ['mode', 'theirs', 'system', 'method', 'account'],
  'shop-not-asked': ['shop', 'why'],
  rehearsed: ['count', 'shop'],
  'rehearsal-held': ['some', 'count', 'shop', 'orders', 'why'],
};

/** Sentences of one fact alone, or of a few words that the three languages share. */
const ALIKE: ReadonlySet<string> = new Set(['connection', 'right', 'currencies']);

describe('describeLedgerFinding', () => {
  it('names no command in the app', () => {
    for (const code of Object.keys(FACTS) as LedgerFindingCode[]) {
      for (const language of LANGUAGES) {
        const finding = { code, state: 'warning', facts: {} } as const;
        assert.doesNotMatch(
          describeLedgerFinding(finding, language, 'app'),
          /bokbro |--[a-z]/,
          code,
        );
      }
    }
  });

  for (const [code, names] of Object.entries(FACTS)) {
    it(`says every fact of ${code} in each language`, () => {
      const facts = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const said = LANGUAGES.map((language) => {
        const finding = { code: code as LedgerFindingCode, state: 'warning', facts } as const;
        return describeLedgerFinding(finding, language);
      });
      for (const one of said) {
        for (const name of names) assert.ok(one.includes(`<${name}>`), `${name} in: ${one}`);
      }
      if (!ALIKE.has(code)) assert.equal(new Set(said).size, 3, said.join('\n'));
    });
  }

  it('names registers in words, and the other companies of a login', () => {
    const unread = { system: 'Fortnox', registers: 'cost-centres, projects' };
    assert.deepEqual(
      LANGUAGES.map((language) => {
        const finding = { code: 'registers', state: 'ok', facts: unread } as const;
        return describeLedgerFinding(finding, language);
      }),
      [
        'kostnadsställen, projekt kan läsas',
        'kostnadssteder, prosjekter kan leses',
        'cost centres, projects can be read',
      ],
    );
    const facts = { name: 'Regnskap AS', others: '1001 Prøvebutikken AS' };
    for (const language of LANGUAGES) {
      const says = describeLedgerFinding({ code: 'company', state: 'ok', facts }, language);
      assert.match(says, /Regnskap AS.*clientCompany: 1001 Prøvebutikken AS/);
    }
  });
});
