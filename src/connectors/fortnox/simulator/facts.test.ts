import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DEFAULT_CHOICES } from './choices.ts';
import { FORTNOX_RATE } from './rate.ts';
import { SCOPES } from './oauth/scopes.ts';
import { ROUTES } from './resources/all.ts';
import type { FortnoxSimulator } from './simulator.ts';
import { ask, companyIn, startTestSimulator, type Company } from './test-client.ts';
import { twoDecimals } from './wire/amounts.ts';
import { fieldTable } from './wire/field-table.ts';
import { ocrOf } from './wire/ocr.ts';
import { readFields } from './wire/read-fields.ts';
import { isFields, rowsOf, textOf, type Fields } from './wire/record.ts';
import { errorBody, OWN_CODES_FROM, REFUSAL_NAMES, Refused } from './wire/refusals.ts';
import { facts, factsAt, skip, textsOf } from './known-facts.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
  company = companyIn(simulator);
});
after(() => simulator.stop());

describe('goldens', { skip }, () => {
  test('references of invoices', () => {
    for (const [number, ocr] of Object.entries(factsAt('goldens', 'ocr'))) {
      assert.equal(ocrOf(number), ocr);
    }
    assert.equal(Object.keys(factsAt('goldens', 'ocr')).length, 8);
  });

  test('rounding', () => {
    for (const [value, rounded] of Object.entries(factsAt('goldens', 'rounding'))) {
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
      assert.equal(reply.text, factsAt('goldens')[golden]);
    });
  }

  test('offset beyond the end is an empty list too', async () => {
    await company.post('customers', { Customer: { Name: 'En' } });
    const reply = await company.get('customers?offset=500');
    assert.equal(reply.text, factsAt('goldens')['emptyList']);
  });

  test('unauthorized, to the byte', async () => {
    const url = `${simulator.apiUrl}/3/customers`;
    const reply = await ask(url, { token: 'nobody' });
    assert.equal(reply.status, 401);
    assert.equal(reply.text, factsAt('goldens')['unauthorized']);
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
    const byResource = factsAt('scopeByResource');
    for (const route of ROUTES) {
      const [, resource = ''] =
        /^\/(?:3\/)?(settings\/[^/]+|api\/[^/]+|[^/]+)/.exec(route.path) ?? [];
      const isVoucherDelete = route.method === 'DELETE' && resource === 'vouchers';
      const scope = textOf(byResource, isVoucherDelete ? 'DELETE vouchers' : resource);
      assert.equal(route.scope, scope.split(' ')[0], `${route.method} ${route.path}`);
    }
  });
});

describe('limits', { skip }, () => {
  test('of the rate', () => {
    const rate = factsAt('limits', 'rate');
    assert.equal(FORTNOX_RATE.requests, rate['requests']);
    assert.equal(FORTNOX_RATE.windowMs, Number(rate['windowSeconds']) * 1000);
  });

  test('of pages', async () => {
    const page = factsAt('limits', 'page');
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
    for (const path of textsOf(factsAt('conventions'), 'listsThatIgnorePaging')) {
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
    const source = textOf(factsAt('conventions'), 'allowedTextPattern')
      .replaceAll(/\\x\{([0-9a-f]+)\}/g, (_, hex: string) => `\\u${hex}`)
      .replaceAll(/\\([’!@`:&_?%#=])/g, '$1');
    const pattern = new RegExp(`^${source}$`, 'u');
    for (let code = 1; code < 0xd800; code += 1) {
      const character = String.fromCodePoint(code);
      assert.equal(takes(character), pattern.test(character), `U+${code.toString(16)}`);
    }
  });

  test('may not hold what is known to be forbidden', () => {
    for (const character of textsOf(factsAt('conventions'), 'forbiddenChars')) {
      if ([...character].length === 1) assert.equal(takes(character), false, character);
    }
    assert.equal(takes('🙂'), false);
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
    for (const [name, value] of Object.entries(factsAt('behaviours', 'defaults', entity))) {
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
    const sample = factsAt('behaviours', 'totals', 'example');
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
    const missing = Object.entries(factsAt('resources')).flatMap(([resource, described]) => {
      const isCovered = ROUTES.some((route) => route.path.startsWith(`/3/${resource}`));
      if (!isFields(described) || !isCovered) return [];
      return rowsOf(described, 'endpoints')
        .map((one) => `${textOf(one, 'method')} ${shape(textOf(one, 'path'))}`)
        .filter((operation) => operation.includes(' /3/') && !ours.has(operation));
    });
    assert.deepEqual(missing, []);
  });
});
