import { Agent, request } from 'undici';
import { answerAsked } from './asked.ts';

/** What can be asked of the loop. */
export type BareActs = typeof ACTS;

/** As many documents at a time as the sender uploads. */
const AT_ONCE = 16;
const agent = new Agent({ connections: AT_ONCE, pipelining: 1 });
let number = 0;
const ACTS = { book };
answerAsked(ACTS, async () => agent.close());

/** Makes the four calls of so many documents and keeps nothing. @returns how long it took */
async function book(task: {
  readonly apiUrl: string;
  readonly token: string;
  readonly documents: number;
}): Promise<number> {
  const fromMs = performance.now();
  const last = number + task.documents;
  const line = async (): Promise<void> => {
    while (number < last) {
      number += 1;
      await bookOne(task, `kund-${number}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return (performance.now() - fromMs) / 1_000;
}

async function bookOne(
  { apiUrl, token }: { readonly apiUrl: string; readonly token: string },
  customer: string,
): Promise<void> {
  const call = async (method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const options = { method, headers, body: JSON.stringify(body), dispatcher: agent };
    const { statusCode, body: answer } = await request(`${apiUrl}/3/${path}`, options);
    if (statusCode >= 300) throw new Error(`${path}: ${statusCode} ${await answer.text()}`);
    return answer.json();
  };
  const row = {
    ...{ Description: 'Varor', AccountNumber: 3001, Price: 80, VAT: 25 },
    DeliveredQuantity: '1',
  };
  const date = '2026-10-01';
  await call('POST', 'customers', { Customer: { CustomerNumber: customer, Name: 'Kund' } });
  const made = await call('POST', 'invoices', {
    Invoice: { CustomerNumber: customer, InvoiceDate: date, InvoiceRows: [row] },
  });
  const { Invoice } = made as { readonly Invoice: { readonly DocumentNumber: string } };
  await call('PUT', `invoices/${Invoice.DocumentNumber}/bookkeep`, {});
  await call('POST', 'invoicepayments', {
    InvoicePayment: {
      ...{ InvoiceNumber: Invoice.DocumentNumber, Amount: 100 },
      ...{ PaymentDate: date, ModeOfPaymentAccount: 1930 },
    },
  });
}
