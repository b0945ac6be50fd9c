import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Attachment, Reading } from '../../ports/source.ts';
import { problemsOf, standing } from '../../testing/file-source-contract/reading.ts';
import { fixture, onlyInvoice, readAll, rulesBroken } from './read-for-test.ts';

const GOODS = fixture('chain-goods-invoice-7004512881.xml');
const CREDIT = fixture('chain-goods-creditnote-7004513002.xml');
const SERVICE = fixture('chain-service-invoice-9100077.xml');
const ENVELOPED = fixture('enveloped-service-invoice-9100078.xml');

/** The text with one thing changed, which has to stand there. */
function changed(text: string, from: string | RegExp, to: string): string {
  const after = text.replace(from, to);
  assert.notEqual(after, text);
  return after;
}

describe('an invoice', () => {
  it('is read with its totals, charges and rounding', async () => {
    const invoice = onlyInvoice(await readAll(GOODS));
    // Lines 25500 + 3950 + 6200 + 452.83 − 540 = 35562.83; bonus −255, freight 250: 35557.83.
    // VAT 1541.87 + 2465.00 = 4006.87; 39564.70 and 0.30 of rounding: 39565.00 kr.
    assert.deepEqual(
      invoice.lines.map(({ net, accountingCost }) => [net.minor, accountingCost]),
      [
        [2_550_000n, 'LIVS'],
        [395_000n, 'NEAR'],
        [620_000n, 'TOBAK'],
        [45_283n, 'PANT'],
        [-54_000n, 'LASTBAR'],
      ],
    );
    assert.deepEqual(
      invoice.charges.map(({ text, net, rate }) => [text, net.minor, rate]),
      [
        ['Volymbonus', -25_500n, 600],
        ['Frakt', 25_000n, 2500],
      ],
    );
    const { total } = invoice;
    assert.deepEqual(
      [total.net, total.vat, total.gross, invoice.rounding, total.payable].map((m) => m.minor),
      [3_555_783n, 400_687n, 3_956_470n, 30n, 3_956_500n],
    );
  });

  it('is read with who sent it to whom, and what they agreed on', async () => {
    const invoice = onlyInvoice(await readAll(GOODS));
    assert.deepEqual(invoice.ref, {
      system: 'peppol',
      account: '5599990016',
      id: '5599990032:7004512881',
    });
    assert.deepEqual(invoice.supplier, {
      name: 'Kedjegrossisten AB',
      orgNumber: '5599990032',
      vatNumber: 'SE559999003201',
      endpoint: '0007:5599990032',
      address: { street: 'Lagervägen 1', postcode: '72130', city: 'Västerås', country: 'SE' },
      email: null,
    });
    assert.equal(invoice.buyer.name, 'Exempelhandlarn AB');
    assert.deepEqual(
      [invoice.date, invoice.dueDate, invoice.buyerReference, invoice.accountingCost],
      ['2026-05-04', '2026-05-14', '01234', 'VARUFAKTURA'],
    );
    assert.equal(invoice.paymentReference, '70045128813');
    assert.equal(invoice.lines[0]?.quantity, '120 C62');
  });

  it('has the class that the settings give its supplier', async () => {
    const classes = { SE559999003201: 'overhead' } as const;
    assert.equal(onlyInvoice(await readAll(GOODS)).class, null);
    assert.equal(onlyInvoice(await readAll(GOODS, { classes })).class, 'overhead');
  });

  it('tells bankgiro and plusgiro by their branch, and an IBAN by its check digits', async () => {
    const account = (number: string, branch: string): string =>
      '<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>' +
      `<cac:PayeeFinancialAccount><cbc:ID>${number}</cbc:ID><cac:FinancialInstitutionBranch>` +
      `<cbc:ID>${branch}</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>` +
      '</cac:PaymentMeans>';
    const accounts = [
      account('5050-1055', 'SE:BANKGIRO'),
      account('9020 0-4', 'SE:PLUSGIRO'),
      account('SE45 5000 0000 0583 9825 7466', 'ESSESESS'),
      account('SE45 5000 0000 0583 9825 7467', 'ESSESESS'),
      account('50501055', 'SE:BANKGIRO'),
    ].join('');
    const invoice = onlyInvoice(
      await readAll(changed(SERVICE, '<cac:PaymentMeans>', `${accounts}$&`)),
    );
    assert.deepEqual(invoice.payTo, [
      { kind: 'bankgiro', number: '50501055' },
      { kind: 'plusgiro', number: '902004' },
      { kind: 'iban', number: 'SE4550000000058398257466' },
      { kind: 'account', number: 'SE45 5000 0000 0583 9825 7467' },
    ]);
  });

  it('is the same in an envelope, with other prefixes, in UTF-16 and in ISO 8859-1', async () => {
    const plain = onlyInvoice(await readAll(SERVICE.replaceAll('9100077', '9100078')));
    const old = SERVICE.replaceAll('9100077', '9100078').replace('UTF-8', 'ISO-8859-1');
    const wide = Buffer.from(`\ufeff${ENVELOPED.replace(' encoding="UTF-8"', '')}`, 'utf16le');
    assert.deepEqual(onlyInvoice(await readAll(ENVELOPED)), plain);
    assert.deepEqual(onlyInvoice(await readAll(wide)), plain);
    assert.deepEqual(onlyInvoice(await readAll(Buffer.from(old, 'latin1'))), plain);
  });

  it('does not depend on what an extension says', async () => {
    const extension =
      '<e:UBLExtensions xmlns:e="urn:oasis:names:specification:ubl:schema:xsd:' +
      'CommonExtensionComponents-2"><e:ID>1</e:ID><ID xmlns="urn:x">2</ID></e:UBLExtensions>';
    const text = changed(SERVICE, '<cbc:CustomizationID>', `${extension}$&`);
    assert.deepEqual(onlyInvoice(await readAll(text)), onlyInvoice(await readAll(SERVICE)));
  });
});

describe('a credit note', () => {
  it('has all its amounts turned around, and says what it corrects', async () => {
    const credit = onlyInvoice(await readAll(CREDIT));
    assert.deepEqual(
      [credit.total.net, credit.total.vat, credit.total.gross, credit.total.payable].map(
        ({ minor }) => minor,
      ),
      [-85_000n, -5_100n, -90_100n, -90_100n],
    );
    assert.deepEqual([credit.lines[0]?.net.minor, credit.lines[0]?.quantity], [-85_000n, '4 C62']);
    assert.deepEqual([credit.vat[0]?.base.minor, credit.vat[0]?.vat.minor], [-85_000n, -5_100n]);
    assert.deepEqual(credit.corrects, ['7004512881']);
    assert.equal(credit.dueDate, null);
  });

  it('has its project as a document reference and its due date at the payment', async () => {
    const project =
      '<cac:AdditionalDocumentReference><cbc:ID>P-7</cbc:ID><cbc:DocumentTypeCode>50' +
      '</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>';
    const withProject = changed(CREDIT, '<cac:AccountingSupplierParty>', `${project}$&`);
    const due = '</cbc:PaymentMeansCode><cbc:PaymentDueDate>2026-06-05</cbc:PaymentDueDate>';
    const credit = onlyInvoice(await readAll(changed(withProject, '</cbc:PaymentMeansCode>', due)));
    assert.deepEqual([credit.projectReference, credit.dueDate], ['P-7', '2026-06-05']);
  });
});

describe('a rule that is broken', () => {
  const legal = (name: string): RegExp =>
    new RegExp(`<cbc:RegistrationName>${name}</cbc:RegistrationName>`);
  const total = (name: string, minor: string): string =>
    `<cbc:${name} currencyID="SEK">${minor}</cbc:${name}>`;
  const cases: readonly [rule: string, from: string | RegExp, to: string][] = [
    ['BR-02', '<cbc:ID>7004512881</cbc:ID>', ''],
    ['BR-03', '<cbc:IssueDate>2026-05-04</cbc:IssueDate>', ''],
    ['BR-04', '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>', ''],
    ['BR-05', '<cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>', ''],
    ['BR-06', legal('Kedjegrossisten AB'), ''],
    ['BR-07', legal('Exempelhandlarn AB'), ''],
    ['BR-12', total('LineExtensionAmount', '35562.83'), ''],
    ['BR-13', total('TaxExclusiveAmount', '35557.83'), ''],
    ['BR-14', total('TaxInclusiveAmount', '39564.70'), ''],
    ['BR-15', total('PayableAmount', '39565.00'), ''],
    ['BR-16', /<cac:InvoiceLine>.*<\/cac:InvoiceLine>/s, ''],
    ['BR-24', total('LineExtensionAmount', '452.83'), ''],
    ['BR-31', total('Amount', '255.00'), ''],
    ['BR-36', total('Amount', '250.00'), ''],
    ['BR-CO-10', total('LineExtensionAmount', '452.83'), total('LineExtensionAmount', '452.84')],
    ['BR-CO-11', total('AllowanceTotalAmount', '255.00'), ''],
    ['BR-CO-12', total('Amount', '250.00'), total('Amount', '251.00')],
    ['BR-CO-14', total('TaxAmount', '2465.00'), total('TaxAmount', '2465.01')],
    ['BR-CO-16', total('PayableAmount', '39565.00'), total('PayableAmount', '39564.70')],
    ['PEPPOL-EN16931-R051', '<cbc:Amount currencyID="SEK">', '<cbc:Amount currencyID="EUR">'],
    ['UBL 2.1', '<cbc:IssueDate>', '<cbc:IssueDate>2026-05-05</cbc:IssueDate>$&'],
    ['PEPPOL-EN16931-R053', /<cac:TaxTotal>.*<\/cac:TaxTotal>/s, ''],
  ];
  for (const [rule, from, to] of cases) {
    it(`${rule} makes the document unreadable, and is named`, async () => {
      const readings = await readAll(changed(GOODS, from, to));
      assert.equal(readings.at(-1)?.kind, 'unreadable');
      assert.ok(rulesBroken(readings).includes(rule), rulesBroken(readings).join(', '));
    });
  }

  it('is told with both numbers, their difference and the place', async () => {
    const text = changed(
      GOODS,
      total('TaxInclusiveAmount', '39564.70'),
      total('TaxInclusiveAmount', '39564.60'),
    );
    const [gross, payable, ...others] = problemsOf(await readAll(text));
    assert.deepEqual(others, []);
    assert.deepEqual(gross?.facts, {
      rule: 'BR-CO-15',
      found: '39564.60 SEK',
      expected: '39564.70 SEK',
      difference: '-0.10',
    });
    const lines = text.split('\n');
    const line = lines.findIndex((one) => one.includes('TaxInclusiveAmount'));
    const column = lines[line]?.indexOf('<cbc:TaxInclusiveAmount') ?? -1;
    assert.deepEqual([gross.line, gross.column], [line + 1, column + 1]);
    assert.equal(payable?.facts['rule'], 'BR-CO-16');
  });

  it('in the net sum is BR-CO-13', async () => {
    const text = changed(
      GOODS,
      total('TaxExclusiveAmount', '35557.83'),
      total('TaxExclusiveAmount', '35557.84'),
    );
    assert.deepEqual(rulesBroken(await readAll(text)), ['BR-CO-13', 'BR-CO-15']);
  });

  it('has the id of the document, as far as it goes', async () => {
    const [, reading] = await readAll(changed(GOODS, '>39565.00<', '>1<'));
    assert.equal(
      reading?.kind === 'unreadable' && reading.id,
      'peppol/5599990016/5599990032:7004512881',
    );
  });
});

describe('a field that cannot be read', () => {
  const cases: readonly [code: string, from: string, to: string][] = [
    ['not-a-number', '>452.83<', '>452,83<'],
    ['not-a-number', '>452.83<', '>452.834<'],
    ['not-a-date', '2026-05-14', '2026-02-30'],
    ['not-a-rate', '<cbc:Percent>25<', '<cbc:Percent>moms<'],
    ['unknown-value', '<cbc:ID>S</cbc:ID>', '<cbc:ID>X</cbc:ID>'],
    ['unknown-value', '>false<', '>nej<'],
    ['unknown-value', '>SEK</cbc:Doc', '>GBP</cbc:Doc'],
    ['unknown-value', '>380<', '>389<'],
    ['unknown-value', '>380<', '>381<'],
    ['field-empty', '<cbc:Percent>6</cbc:Percent>', ''],
    ['over-limit', '>7004512881<', `>${'7'.repeat(201)}<`],
  ];
  for (const [code, from, to] of cases) {
    it(`${from} as ${to.slice(0, 40)}: ${code}`, async () => {
      const [problem] = problemsOf(await readAll(changed(GOODS, from, to)));
      assert.equal(problem?.code, code);
      assert.ok(problem.line !== null);
    });
  }
});

describe('a file that is rejected', () => {
  const other = '<?xml version="1.0"?><Order xmlns="urn:x"/>';
  const doctype = changed(SERVICE, '<Invoice', '<!DOCTYPE Invoice [<!ENTITY x "y">]>\n<Invoice');
  const cases: readonly [what: string, content: string | Buffer, code: string][] = [
    ['other XML', other, 'format-unknown'],
    [
      'the same names in another namespace',
      SERVICE.replaceAll('Invoice-2', 'Invoice-9'),
      'format-unknown',
    ],
    [
      'an envelope with something else',
      ENVELOPED.replaceAll('Invoice-2', 'Order-2'),
      'format-unknown',
    ],
    ['plain text', 'invoice;amount\n1;2\n', 'format-unknown'],
    ['PDF', '%PDF-1.7\n', 'format-unknown'],
    ['nothing', '', 'file-empty'],
    ['a cut-off document', SERVICE.slice(0, -30), 'file-truncated'],
    ['a cut-off envelope', ENVELOPED.slice(0, -5), 'file-truncated'],
    ['wrong markup', changed(SERVICE, '</cbc:Note>', '</cbc:Nota>'), 'markup'],
    ['a document type', doctype, 'markup'],
    ['letters that are not UTF-8', Buffer.from(SERVICE, 'latin1'), 'not-text'],
    [
      'a text of 120 000 characters',
      changed(SERVICE, '<cbc:Note>', `$&${'x'.repeat(120_000)}`),
      'record-too-long',
    ],
    ['depth', changed(SERVICE, '</cbc:Note>', `${'<a>'.repeat(40)}$&`), 'over-limit'],
  ];
  for (const [what, content, code] of cases) {
    it(`${what}: ${code}`, async () => {
      const readings = await readAll(content);
      assert.deepEqual(
        readings.map(({ kind }) => kind),
        ['rejected'],
      );
      assert.deepEqual(rulesBroken(readings), [code]);
    });
  }
});

describe('attachments', () => {
  const attached = (base64: string): string =>
    changed(
      GOODS,
      '<cac:AccountingSupplierParty>',
      '<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>' +
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">' +
        `${base64}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>` +
        '</cac:AdditionalDocumentReference>$&',
    );
  const LONG = 'JVBERi0xLjc'.repeat(40_000);
  const WRAPPED = `\n${`${'QUJD'.repeat(19)}\n`.repeat(9_000)}`;

  const files = (readings: readonly Reading[]): readonly Attachment[] =>
    standing(readings).flatMap(({ attachments }) => attachments ?? []);

  for (const [how, base64] of Object.entries({ short: 'QUJD', LONG, WRAPPED })) {
    it(`are decoded however they are cut, and not in the extract: ${how}`, async () => {
      const readings = await readAll(attached(base64));
      assert.deepEqual(onlyInvoice(readings), onlyInvoice(await readAll(GOODS)));
      const [reading] = standing(readings);
      const extract = Buffer.from(reading?.extract ?? []).toString();
      assert.ok(extract.includes('filename="a.pdf"></cbc:EmbeddedDocumentBinaryObject>'));
      const bytes = Buffer.from(base64, 'base64');
      const about = { kind: 'file', name: 'a.pdf', mediaType: 'application/pdf' } as const;
      assert.deepEqual(files(readings), [{ ...about, bytes }]);
      for (const size of base64.length < 100 ? [1, 7, 333] : [333, 65_537]) {
        assert.deepEqual(files(await readAll(attached(base64), {}, size)), files(readings));
      }
    });

    it(`leave the places of problems behind them right: ${how}`, async () => {
      const text = attached(base64).replace('>39565.00<', '>39565.01<');
      const [problem] = problemsOf(await readAll(text));
      const lines = text.split('\n');
      const line = lines.findIndex((one) => one.includes('<cbc:PayableAmount'));
      const column = lines[line]?.indexOf('<cbc:PayableAmount') ?? -1;
      assert.deepEqual([problem?.line, problem?.column], [line + 1, column + 1]);
    });
  }

  it('leave the column right on the line that they end on', async () => {
    const text = attached(WRAPPED.trimEnd() + LONG).replace('</cac:Attachment>', '<x></y>$&');
    const [problem] = problemsOf(await readAll(text));
    const lines = text.split('\n');
    const line = lines.findIndex((one) => one.includes('</y>'));
    const end = (lines[line]?.indexOf('</y>') ?? -1) + '</y>'.length;
    assert.equal(problem?.line, line + 1);
    assert.ok(Math.abs((problem.column ?? 0) - end) <= 1, `${problem.column} of ${end}`);
  });

  const leftOut: readonly (readonly [string, string, Attachment])[] = [
    ['cannot be decoded', 'QUJ*', { kind: 'left-out', name: 'a.pdf', why: 'damaged' }],
    ['holds nothing', '', { kind: 'left-out', name: 'a.pdf', why: 'damaged' }],
    ['is too large', 'AAAA'.repeat(3_400_000), { kind: 'left-out', name: 'a.pdf', why: 'size' }],
  ];
  for (const [how, base64, attachment] of leftOut) {
    it(`are named, and the invoice read, when one ${how}`, async () => {
      const readings = await readAll(attached(base64));
      assert.equal(onlyInvoice(readings).number, '7004512881');
      assert.deepEqual(files(readings), [attachment]);
    });
  }

  it('are named by their own name without folders, or by that of the reference', async () => {
    const named = (name: string) => attached('QUJD').replace('filename="a.pdf"', name);
    for (const [name, read] of [
      ['filename="../../etc/tid rapport.pdf"', 'tid rapport.pdf'],
      ['filename="C:\\temp\\a.pdf"', 'a.pdf'],
      ['', '1'],
    ]) {
      const [file] = files(await readAll(named(name ?? '')));
      assert.equal(file?.name, read);
    }
  });

  it('are left out when nobody asked for files of their kind', async () => {
    const program = attached('QUJD').replace('"application/pdf"', '"application/x-msdownload"');
    const why = { kind: 'left-out', name: 'a.pdf', why: 'type' };
    assert.deepEqual(files(await readAll(program)), [why]);
  });

  it('that stand elsewhere are named and never fetched', async () => {
    const elsewhere = changed(
      GOODS,
      '<cac:AccountingSupplierParty>',
      '<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>' +
        '<cac:ExternalReference><cbc:URI>http://169.254.169.254/a</cbc:URI>' +
        '</cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference>$&',
    );
    const why = { kind: 'left-out', name: 'http://169.254.169.254/a', why: 'external' };
    assert.deepEqual(files(await readAll(elsewhere)), [why]);
  });

  it('are no more than a document may have', async () => {
    const one = /<cac:AdditionalDocumentReference>.*<\/cac:AdditionalDocumentReference>/;
    const many = attached('QUJD').replace(one, (text) => text.repeat(30));
    assert.equal(files(await readAll(many)).length, 20);
  });
});
