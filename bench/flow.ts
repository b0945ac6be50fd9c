import { connector as fortnox } from '../src/connectors/fortnox/connector.ts';
import { actWrite } from '../src/connectors/fortnox/register-actions.ts';
import { createWrite } from '../src/connectors/fortnox/register-writes.ts';
import type { AnyConnector, Opened } from '../src/ports/connector.ts';
import type { Route, Target } from '../src/ports/target.ts';
import type { Step } from '../src/domain/plan.ts';
import { CONNECTORS } from '../src/app/connectors.ts';

/**
 * Connectors whose Fortnox knows no limit and turns each document into the four calls that the
 * other hubs were measured with: customer, invoice, booking of the invoice, payment.
 */
export function fourCallConnectors(): ReadonlyMap<string, AnyConnector> {
  return withFortnox((target) => ({ ...target, route: fourCalls }));
}

/** Connectors with the real route of a day report, without a limit of calls. */
export function unlimitedConnectors(): ReadonlyMap<string, AnyConnector> {
  return withFortnox((target) => target);
}

function withFortnox(change: (target: Target) => Target): ReadonlyMap<string, AnyConnector> {
  const changed = {
    ...fortnox,
    rateLimit: null,
    open: (context: Parameters<typeof fortnox.open>[0]): Opened => {
      const { target } = fortnox.open(context);
      return target === undefined ? {} : { target: change(target) };
    },
  };
  return new Map([...CONNECTORS, ['fortnox', changed as unknown as AnyConnector]]);
}

function fourCalls(steps: readonly Step[]): Route {
  const [post] = steps;
  if (post?.kind !== 'post-voucher') return { kind: 'route', writes: [], notices: [] };
  const { voucher } = post;
  const number = voucher.origin.id.replace(/[^A-Za-z0-9]/g, '').slice(-12);
  const customer = `${voucher.origin.account}-${number}`;
  return {
    kind: 'route',
    notices: [],
    writes: [
      createWrite('customer', 'customer', { CustomerNumber: customer, Name: 'Kund' }),
      createWrite('invoice', 'invoice', {
        CustomerNumber: customer,
        InvoiceDate: voucher.date,
        InvoiceRows: [
          { Description: 'Varor', AccountNumber: 3001, Price: 80, VAT: 25, DeliveredQuantity: '1' },
        ],
      }),
      actWrite('booking', {
        register: 'invoice',
        of: 'invoice',
        action: 'bookkeep',
        done: 'Booked',
      }),
      createWrite('payment', 'payment', {
        InvoiceNumber: { from: 'invoice' },
        Amount: 100,
        PaymentDate: voucher.date,
        ModeOfPaymentAccount: 1930,
      }),
    ],
  };
}
