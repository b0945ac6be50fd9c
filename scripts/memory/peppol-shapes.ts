import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shape } from './shapes.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'src/connectors/peppol/fixtures');
const GOODS = readFileSync(join(FIXTURES, 'chain-goods-invoice-7004512881.xml'), 'utf8');
const PARTY = GOODS.indexOf('<cac:AccountingSupplierParty>');
const LINE = GOODS.indexOf('<cac:InvoiceLine>');
const LINE_END = GOODS.indexOf('</cac:InvoiceLine>') + '</cac:InvoiceLine>'.length;
const [ATTACHED, ATTACHED_END] = [
  '<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>' +
    '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">',
  '</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>',
];
const BASE64 = 'JVBERi0xLjcKJeLjz9'.repeat(1_000);

/** An invoice with something repeated before its parties. */
function beforeParties(part: (index: number) => string): Shape {
  const [head, tail] = [GOODS.slice(0, PARTY), GOODS.slice(PARTY)];
  return { connector: 'peppol', head, part, tail };
}

/** Invoices that are large, and those that only look as if they were invoices. */
export const PEPPOL: Readonly<Record<string, Shape>> = {
  'peppol-attachment': {
    connector: 'peppol',
    head: GOODS.slice(0, PARTY) + ATTACHED,
    part: () => BASE64,
    tail: ATTACHED_END + GOODS.slice(PARTY),
  },
  'peppol-attachments': beforeParties(() => ATTACHED + BASE64.repeat(8) + ATTACHED_END),
  'peppol-comments': beforeParties(() => `<!-- ${'x'.repeat(5_000)} --><cbc:Note/>`),
  'peppol-extensions': beforeParties((index) => `<x xmlns="urn:x" y="${index}">Åäö</x>`),
  'peppol-lines': {
    connector: 'peppol',
    head: GOODS.slice(0, LINE),
    part: () => GOODS.slice(LINE, LINE_END),
    tail: GOODS.slice(LINE_END),
  },
  'peppol-envelope': {
    connector: 'peppol',
    head:
      '<sh:StandardBusinessDocument xmlns:sh=' +
      '"http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">',
    part: (index) => `<sh:a>${index}</sh:a>`,
  },
};
