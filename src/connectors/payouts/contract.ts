import type { FileTrial, FixtureTrial, Sample } from '../../testing/file-source-contract/trial.ts';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    fixture('stripe-utbetalningar-2026-05.csv', ['stripe/po_1MayA', 'stripe/po_2MayB']),
    fixture('adyen-batch-41-42.csv', ['adyen:EXEMPEL_SE/41', 'adyen:EXEMPEL_SE/42']),
    fixture('paypal-aktivitet-sv-2026-05.csv', ['paypal/2026-05-09 SEK', 'paypal/2026-05-11 SEK']),
    fixture('klarna-XISA93DJ.json', ['klarna/XISA93DJ']),
    fixture('klarna-avrakning.csv', ['klarna/XK2200AB']),
    fixture('swish-2026-05-04.csv', ['swish:1230000001/2026-05-04']),
    fixture('swish-handelsbanken-2026-05-04.csv', ['swish:1230000001/2026-05-04']),
    fixture('zettle-liquid-2026-05.json', ['zettle/2026-05-04 SEK', 'zettle/2026-05-05 SEK']),
  ],
  besides: [],
  samples: [threePayouts(), threeJsonPayouts()],
};

function fixture(file: string, refs: readonly string[]): FixtureTrial {
  return { file, documents: refs.map((ref) => ({ kind: 'payout', ref: `payouts/${ref}` })) };
}

/** Payouts so different in name that no damage turns one into another. */
function threePayouts(): Sample {
  const head =
    'balance_transaction_id,automatic_payout_id,created,currency,gross,fee,net,' +
    'reporting_category\n';
  const parts = ['po_1111', 'po_444444', 'po_77777777'].map((payout) =>
    Buffer.from(
      `txn_${payout}_a,${payout},2026-05-04,sek,100.00,2.50,97.50,charge\n` +
        `txn_${payout}_b,${payout},2026-05-05,sek,200.00,4.00,196.00,charge\n`,
    ),
  );
  return { name: 'three payouts of a table', head: Buffer.from(head), parts };
}

function threeJsonPayouts(): Sample {
  const names = ['AAAA1111', 'BBBBBB222222', 'CCCCCCCC33333333'];
  const parts = names.map((name, i) => {
    const payout = { payment_reference: name, payout_date: '2026-05-08', currency_code: 'SEK' };
    const sale = { type: 'SALE', amount: 10_000, order_id: `o-${name}` };
    const text = JSON.stringify({ payout, transactions: [sale] });
    return Buffer.from(`${text}${i === names.length - 1 ? ']' : ','}`);
  });
  return { name: 'three payouts of an array', head: Buffer.from('['), parts };
}
