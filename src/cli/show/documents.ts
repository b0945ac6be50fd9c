import type { Document } from '../../domain/document/document.ts';
import { documentDate } from '../../domain/document/document.ts';

/** What a document is called in a list: short, and enough to find it. */
export function nameDocument(document: Document): string {
  switch (document.kind) {
    case 'day-report': {
      const { businessDate, storeNumber, register, reportNumber } = document;
      const till = register === 'ALL' ? '' : ` till ${register}`;
      return `${businessDate} store ${storeNumber}${till} ${reportNumber}`;
    }
    case 'ready-voucher':
      return `${document.date} ${document.text.trim() || document.number}`;
  }
}

/** A document as JSON on standard output: what identifies it, without its lines. */
export function documentJson(document: Document): Record<string, unknown> {
  const { kind, ref, currency } = document;
  const common = { kind, key: `${ref.system}/${ref.account}/${ref.id}`, ref, currency };
  if (document.kind === 'ready-voucher') {
    return { ...common, date: documentDate(document), number: document.number };
  }
  const { storeNumber, businessDate, register, reportNumber, receipts } = document;
  return { ...common, date: businessDate, storeNumber, register, reportNumber, receipts };
}
