import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { DEFAULT_CHOICES } from './choices.ts';
import { FORTNOX_RATE } from './rate.ts';
import { SCOPES } from './oauth/scopes.ts';
import { ARTICLES } from './registers/articles.ts';
import { CUSTOMERS } from './registers/customers.ts';
import { PLAIN_REGISTERS } from './registers/plain.ts';
import { SUPPLIERS } from './registers/suppliers.ts';
import { CUSTOMER_PAYMENT, SUPPLIER_PAYMENT } from './payments/payment-kind.ts';
import { ROUTES } from './resources/all.ts';
import { CONTRACT, INVOICE, OFFER, ORDER } from './sales/kinds.ts';
import type { FortnoxSimulator } from './simulator.ts';
import { PREDEFINED_ACCOUNTS, PREDEFINED_SERIES } from './tenant/predefined.ts';
import { ask, companyIn, startTestSimulator, type Company } from './test-client.ts';
import { twoDecimals } from './wire/amounts.ts';
import { fieldTable, type FieldTable } from './wire/field-table.ts';
import { ocrOf } from './wire/ocr.ts';
import { readFields } from './wire/read-fields.ts';
import { isFields, rowsOf, textOf, type Fields } from './wire/record.ts';
import { errorBody, OWN_CODES_FROM, REFUSAL_NAMES, Refused } from './wire/refusals.ts';

/**
 * Every exact value of the compilation of what is known about Fortnox. It is third-party data and
 * no part of the project: these tests are skipped where it is not there.
 */
const FACTS = process.env['FORTNOX_FACTS'] ?? '/work/shared/specs/fortnox.facts.json';
const skip = existsSync(FACTS) ? false : `there is no ${FACTS}: set FORTNOX_FACTS to its place`;

const facts = skip ? {} : readFacts();

function readFacts(): Fields {
  const parsed: unknown = JSON.parse(readFileSync(FACTS, 'utf8'));
  return isFields(parsed) ? parsed : {};
}

/** A part of the facts by its path. */
function at(...path: readonly string[]): Fields {
  let value: Fields = facts;
  for (const name of path) {
    const next = value[name];
    value = isFields(next) ? next : {};
  }
  return value;
}

function strings(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** Values without their remarks: `UNDEFINED (old)`. */
function plain(values: readonly string[]): string[] {
  return values.map((value) => value.split(' ')[0] ?? '');
}

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
  company = companyIn(simulator);
});
after(() => simulator.stop());

describe('goldens', { skip }, () => {
  test('references of invoices', () => {
    for (const [number, ocr] of Object.entries(at('goldens', 'ocr'))) {
      assert.equal(ocrOf(number), ocr);
    }
    assert.equal(Object.keys(at('goldens', 'ocr')).length, 8);
  });

  test('rounding', () => {
    for (const [value, rounded] of Object.entries(at('goldens', 'rounding'))) {
      assert.equal(twoDecimals(Number(value)), rounded);
    }
  });

  const answers: readonly (readonly [golden: string, path: string, status: number])[] = [
    ['emptyList', 'customers?name=finns-inte', 200],
    ['notFound', 'customers/finns-inte', 404],
    ['badFilter', 'customers?filter=finns-inte', 400],
  ];
  for (const [golden, path, status] of answers) {
    test(`${golden}, to the byte`, async () => {
      const reply = await company.get(path);
      assert.equal(reply.status, status);
      assert.equal(reply.text, at('goldens')[golden]);
    });
  }

  test('offset beyond the end is an empty list too', async () => {
    await company.post('customers', { Customer: { Name: 'En' } });
    const reply = await company.get('customers?offset=500');
    assert.equal(reply.text, at('goldens')['emptyList']);
  });

  test('unauthorized, to the byte', async () => {
    const url = `${simulator.apiUrl}/3/customers`;
    const reply = await ask(url, { token: 'nobody' });
    assert.equal(reply.status, 401);
    assert.equal(reply.text, at('goldens')['unauthorized']);
  });
});

describe('errors', { skip }, () => {
  const known = rowsOf(facts, 'errors');

  for (const name of REFUSAL_NAMES) {
    const refused = new Refused(name, ['rut', 'CONSTRUCTION']);
    if (refused.code >= OWN_CODES_FROM) continue;
    test(`${refused.code} ${name} has its status, text and envelope`, () => {
      const fact = known.find((error) => error['code'] === refused.code);
      assert.ok(fact, 'the code is known');
      if (fact['status'] !== null) assert.equal(refused.status, fact['status']);
      if (fact['exactText'] === true) assert.equal(refused.message, fact['message']);
      const isPascal = errorBody(refused).includes('"Code"');
      assert.equal(isPascal, refused.status === 404 || refused.status === 403);
    });
  }

  test('gives none of its own codes a number of Fortnox', () => {
    for (const error of known) assert.ok(Number(error['code']) < OWN_CODES_FROM);
  });

  test('words what is known by its text alone as Fortnox does', () => {
    const own = REFUSAL_NAMES.map((name) => new Refused(name, ['fakturaavgift', 'x']));
    for (const fact of rowsOf(facts, 'errorMessagesWithoutCode')) {
      const message = textOf(fact, 'message').replace('…', '').replace('4000', 'fakturaavgift');
      assert.ok(
        own.some((refused) => refused.message.startsWith(message)),
        message,
      );
    }
  });
});

describe('scopes', { skip }, () => {
  test('are all known', () => {
    const known = rowsOf(facts, 'scopes').map((scope) => textOf(scope, 'scope'));
    assert.deepEqual([...SCOPES].sort(), known.sort());
  });

  test('guard every resource that is covered', () => {
    const byResource = at('scopeByResource');
    for (const route of ROUTES) {
      const [, resource = ''] = /^\/3\/(settings\/[^/]+|[^/]+)/.exec(route.path) ?? [];
      const isVoucherDelete = route.method === 'DELETE' && resource === 'vouchers';
      const scope = textOf(byResource, isVoucherDelete ? 'DELETE vouchers' : resource);
      assert.equal(route.scope, scope.split(' ')[0], `${route.method} ${route.path}`);
    }
  });
});

describe('limits', { skip }, () => {
  test('of the rate', () => {
    const rate = at('limits', 'rate');
    assert.equal(FORTNOX_RATE.requests, rate['requests']);
    assert.equal(FORTNOX_RATE.windowMs, Number(rate['windowSeconds']) * 1000);
  });

  test('of pages', async () => {
    const page = at('limits', 'page');
    const list = await company.get('accounts');
    assert.equal(list.all('Accounts').length, page['default']);
    assert.equal((await company.get(`accounts?limit=${page['max']}`)).all('Accounts').length, 500);
    assert.equal((await company.get(`accounts?limit=${Number(page['max']) + 1}`)).status, 400);
  });

  test('are passed over by the lists that ignore paging', async () => {
    const envelopes: Readonly<Record<string, string>> = {
      accountcharts: 'AccountCharts',
      labels: 'Labels',
      predefinedvoucherseries: 'PreDefinedVoucherSeriesCollection',
      termsofdeliveries: 'TermsOfDeliveries',
    };
    for (const Description of ['Ett', 'Två']) {
      await company.post('labels', { Label: { Description } });
      await company.post('termsofdeliveries', {
        TermsOfDelivery: { Code: Description, Description },
      });
    }
    for (const path of strings(at('conventions'), 'listsThatIgnorePaging')) {
      const all = await company.get(path);
      const limited = await company.get(`${path}?limit=1`);
      const envelope = envelopes[path] ?? '';
      assert.ok(all.all(envelope).length > 1, path);
      assert.equal(limited.all(envelope).length, all.all(envelope).length, path);
    }
  });
});

describe('text', { skip }, () => {
  const table = fieldTable('Text:t');
  const takes = (text: string): boolean => {
    try {
      readFields(table, { Text: text }, { choices: DEFAULT_CHOICES, isNew: true });
      return true;
    } catch {
      return false;
    }
  };

  test('may hold what the known pattern allows, character by character', () => {
    const source = textOf(at('conventions'), 'allowedTextPattern')
      .replaceAll(/\\x\{([0-9a-f]+)\}/g, (_, hex: string) => `\\u${hex}`)
      .replaceAll(/\\([’!@`:&_?%#=])/g, '$1');
    const pattern = new RegExp(`^${source}$`, 'u');
    for (let code = 1; code < 0xd800; code += 1) {
      const character = String.fromCodePoint(code);
      assert.equal(takes(character), pattern.test(character), `U+${code.toString(16)}`);
    }
  });

  test('may not hold what is known to be forbidden', () => {
    for (const character of strings(at('conventions'), 'forbiddenChars')) {
      if ([...character].length === 1) assert.equal(takes(character), false, character);
    }
    assert.equal(takes('🙂'), false);
  });
});

describe('enumerations', { skip }, () => {
  const enums = at('enums');
  const choicesOf = (table: FieldTable | null | undefined, field: string): string[] =>
    [...(table?.get(field)?.choices ?? [])].sort();
  const inner = (table: FieldTable, field: string): FieldTable | null | undefined =>
    table.get(field)?.table;

  const fields: readonly (readonly [
    name: string,
    table: FieldTable | null | undefined,
    field: string,
  ])[] = [
    ['Customer.VATType', CUSTOMERS.table, 'VATType'],
    ['Customer.Type', CUSTOMERS.table, 'Type'],
    ['deliveryType', inner(CUSTOMERS.table, 'DefaultDeliveryTypes'), 'Invoice'],
    ['Supplier.VATType', SUPPLIERS.table, 'VATType'],
    ['Invoice.InvoiceType', INVOICE.table, 'InvoiceType'],
    ['Invoice.PaymentWay', INVOICE.table, 'PaymentWay'],
    ['Order.DeliveryState', ORDER.table, 'DeliveryState'],
    ['Project.Status', PLAIN_REGISTERS.find((one) => one.shelf === 'projects')?.table, 'Status'],
  ];
  for (const [name, table, field] of fields) {
    test(name, () => assert.deepEqual(choicesOf(table, field), plain(strings(enums, name)).sort()));
  }

  test('names of predefined accounts and series', () => {
    assert.deepEqual(
      Object.keys(PREDEFINED_ACCOUNTS).sort(),
      strings(enums, 'predefinedAccounts').sort(),
    );
    const series = at('behaviours', 'predefinedSeries');
    assert.equal(Object.keys(PREDEFINED_SERIES).length, series['count']);
    assert.equal(PREDEFINED_SERIES['INVOICE'], series['INVOICE']);
  });

  test('numbers of predefined accounts', () => {
    const known = at('behaviours', 'bookingDefaultsBAS');
    for (const [name, number] of Object.entries(PREDEFINED_ACCOUNTS)) {
      if (name in known) assert.equal(number, known[name], name);
    }
  });

  test('folders of the inbox', async () => {
    const folders = rowsOf((await company.get('inbox')).one('Folder'), 'Folders');
    const known = Object.keys(at('enums', 'inboxFolders')).filter((folder) => folder !== 'root');
    assert.deepEqual(folders.map((folder) => textOf(folder, 'Id')).sort(), known.sort());
  });

  test('filters', async () => {
    for (const resource of Object.keys(at('enums', 'filter'))) {
      if (resource === 'assets') continue;
      for (const filter of strings(at('enums', 'filter'), resource)) {
        const reply = await company.get(`${resource}?filter=${filter}`);
        assert.equal(reply.status, 200, `${resource} ${filter}: ${reply.text}`);
      }
      assert.equal((await company.get(`${resource}?filter=nonsense`)).code, 2000587, resource);
    }
  });

  test('orders to sort in', async () => {
    for (const resource of Object.keys(at('enums', 'sortby'))) {
      for (const words of strings(at('enums', 'sortby'), resource)) {
        for (const sortBy of words.replaceAll(/\(\w+\)/g, '').split('|')) {
          const reply = await company.get(`${resource}?sortby=${sortBy.trim()}`);
          assert.equal(reply.status, 200, `${resource} ${sortBy}: ${reply.text}`);
        }
      }
    }
  });

  test('search parameters of the SDK', async () => {
    const parameters = at('enums', 'extraSearchParamsFromSdk');
    const dates = ['financialyeardate', 'fromdate', 'todate', 'lastmodified'];
    for (const resource of Object.keys(parameters)) {
      if (resource === 'assets') continue;
      for (const name of strings(parameters, resource)) {
        const value = dates.includes(name) ? '2025-01-01' : '1';
        const reply = await company.get(`${resource}?${name}=${value}`);
        assert.equal(reply.status, 200, `${resource} ${name}: ${reply.text}`);
      }
    }
  });

  test('search parameters of the specification', async () => {
    for (const [resource, described] of Object.entries(at('resources'))) {
      const path = `/3/${resource}`;
      if (!isFields(described) || !ROUTES.some((route) => route.path === path)) continue;
      const list = rowsOf(described, 'endpoints').find(
        (one) => one['method'] === 'GET' && one['path'] === path,
      );
      for (const name of Object.keys(isFields(list?.['query']) ? list['query'] : {})) {
        const value = valueFor(name);
        if (value === null) continue;
        const reply = await company.get(`${resource}?${name}=${value}`);
        assert.notEqual(reply.code, 2000588, `${resource} ${name}: ${reply.text}`);
      }
    }
  });

  function valueFor(name: string): string | null {
    if (name === 'filter' || name === 'sortby') return null;
    if (/date|modified/i.test(name)) return '2025-01-01';
    return /accountnumber/.test(name) ? '3001' : '1';
  }
});

describe('fields', { skip }, () => {
  const tables: readonly (readonly [entity: string, table: FieldTable | null | undefined])[] = [
    ['Customer', CUSTOMERS.table],
    ['Article', ARTICLES.table],
    ['Supplier', SUPPLIERS.table],
    ['Invoice', INVOICE.table],
    ['InvoicePayload', INVOICE.table],
    ['Invoice_InvoiceRow', INVOICE.rowTable],
    ['Order', ORDER.table],
    ['Order_OrderRow', ORDER.rowTable],
    ['Offer', OFFER.table],
    ['Offer_OfferRow', OFFER.rowTable],
    ['Contract', CONTRACT.table],
    ['Contract_InvoiceRow', CONTRACT.rowTable],
    ['InvoicePayment', CUSTOMER_PAYMENT.table],
    ['SupplierInvoicePayment', SUPPLIER_PAYMENT.table],
    ...PLAIN_REGISTERS.map((register) => [register.single, register.table] as const),
  ];

  for (const [entity, table] of tables) {
    test(`of ${entity}, with their lengths`, () => {
      for (const [name, described] of Object.entries(at('entities', entity, 'fields'))) {
        if (name.startsWith('@') || !isFields(described)) continue;
        const field = table?.get(name);
        assert.ok(field, `${name} is taken`);
        const max = Number(described['maxLength'] ?? Infinity);
        if (field.max !== Infinity && max !== Infinity && field.type === 'text') {
          assert.ok(field.max <= max, `${name} is ${max} at most`);
        }
      }
    });
  }

  test('and no field that is not known', () => {
    for (const [entity, table] of tables) {
      if (entity === 'InvoicePayload') continue;
      const known = Object.keys(at('entities', entity, 'fields'));
      const beyond = [...(table?.keys() ?? [])].filter((name) => !known.includes(name));
      const allowed = [
        'InvoiceReference',
        'Status',
        'Cost',
        'VATCode',
        'CommodityCode',
        'Language',
      ];
      assert.deepEqual(
        beyond.filter((name) => !allowed.includes(name)),
        [],
        entity,
      );
    }
  });
});

describe('defaults', { skip }, () => {
  async function make(envelope: string, path: string, fields: Fields): Promise<Fields> {
    const reply = await company.post(path, { [envelope]: fields });
    assert.equal(reply.status, 201, reply.text);
    return reply.one(envelope);
  }

  function check(made: Fields, entity: string): void {
    const number = textOf(made, 'DocumentNumber');
    const email = isFields(made['EmailInformation']) ? made['EmailInformation'] : {};
    for (const [name, value] of Object.entries(at('behaviours', 'defaults', entity))) {
      if (name === 'EmailSubject' || name === 'EmailBody') {
        assert.equal(email[name], textOf({ value }, 'value').replace('{no}', number), name);
      } else if (isFields(made[name])) {
        for (const inner of Object.values(made[name])) assert.equal(inner, value, name);
      } else {
        assert.equal(made[name], value, name);
      }
    }
  }

  test('of a customer with a name alone', async () => {
    check(await make('Customer', 'customers', { Name: 'Kund' }), 'Customer');
  });

  test('of an article with a description alone', async () => {
    check(await make('Article', 'articles', { Description: 'Vara' }), 'Article');
  });

  test('of an invoice and an order with a customer alone', async () => {
    const { CustomerNumber } = await make('Customer', 'customers', { Name: 'Kund' });
    check(await make('Invoice', 'invoices', { CustomerNumber }), 'Invoice');
    check(await make('Order', 'orders', { CustomerNumber }), 'Order');
  });
});

describe('behaviours', { skip }, () => {
  test('of totals: the sample of the old documentation', async () => {
    // 10 × 159 = 1 590.00; freight 95.00; VAT 397.50 + 23.75; 2 106.25 is rounded to 2 106.
    const sample = at('behaviours', 'totals', 'example');
    const customer = await company.post('customers', { Customer: { Name: 'Exempel' } });
    const article = await company.post('articles', {
      Article: { Description: 'Vara', PurchasePrice: 99 },
    });
    const [row] = rowsOf(sample, 'rows');
    const reply = await company.post('invoices', {
      Invoice: {
        CustomerNumber: customer.one('Customer')['CustomerNumber'],
        DocumentNumber: sample['DocumentNumber'],
        Freight: sample['Freight'],
        InvoiceRows: [
          {
            ArticleNumber: article.one('Article')['ArticleNumber'],
            DeliveredQuantity: row?.['DeliveredQuantity'],
            Price: row?.['Price'],
            VAT: row?.['VAT'],
          },
        ],
      },
    });
    const invoice = reply.one('Invoice');
    for (const [name, value] of Object.entries(sample)) {
      if (name !== 'rows') assert.equal(invoice[name], value, name);
    }
    const [made] = rowsOf(invoice, 'InvoiceRows');
    assert.equal(made?.['Total'], row?.['Total']);
    assert.equal(made?.['ContributionValue'], String(row?.['ContributionValue']));
    assert.equal(made?.['ContributionPercent'], String(row?.['ContributionPercent']));
  });

  test('of endpoints that the specification leaves out', () => {
    const missing = rowsOf(facts, 'unlistedEndpoints').flatMap((endpoint) => {
      const path = textOf(endpoint, 'path').split('?')[0] ?? '';
      const isThere = ROUTES.some(
        (route) => route.method === endpoint['method'] && shapeOf(route.path) === shapeOf(path),
      );
      return isThere ? [] : [path];
    });
    assert.deepEqual(missing, ['/3/emailtrusteddomains']);
  });

  function shapeOf(path: string): string {
    return path.replaceAll(/\{\w+\}/g, '{}');
  }
});

describe('routes', { skip }, () => {
  test('cover every operation of the resources that are covered', () => {
    const shape = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');
    const ours = new Set(ROUTES.map((route) => `${route.method} ${shape(route.path)}`));
    const missing = Object.entries(at('resources')).flatMap(([resource, described]) => {
      const isCovered = ROUTES.some((route) => route.path.startsWith(`/3/${resource}`));
      if (!isFields(described) || !isCovered) return [];
      return rowsOf(described, 'endpoints')
        .map((one) => `${textOf(one, 'method')} ${shape(textOf(one, 'path'))}`)
        .filter((operation) => operation.includes(' /3/') && !ours.has(operation));
    });
    assert.deepEqual(missing, []);
  });
});
