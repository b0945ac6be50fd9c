import type { svReconcile } from './sv-reconcile.ts';
import type { TextsLike } from './texts-like.ts';

/** What is compared, and how it can differ. */
export const nbReconcile: TextsLike<typeof svReconcile> = {
  different: {
    amount: 'Beløpene er ulike',
    'voucher-missing': 'Bilaget finnes ikke i regnskapet',
    'voucher-differs': 'Bilaget er et annet i regnskapet',
    'credit-unexplained': 'Kredittsalget er ikke forklart',
    'statement-differs': 'Saldoen er en annen i regnskapet',
    'statement-gap': 'Hendelser mangler mellom to utskrifter',
    'clearing-unexplained': 'Avregningskontoen er ikke forklart',
    'payment-late': 'Betalingen er ikke kommet fra betalingsløsningen',
    'booked-twice': 'Står to ganger i regnskapet',
  },
  what: {
    sales: 'Salg',
    vat: 'Mva',
    tender: 'Betaling',
    agency: 'Kommisjon',
    cash_shortage: 'Kassemanko',
    cash_surplus: 'Kasseoverskudd',
    customers: 'Kundefordringer',
    suppliers: 'Leverandørgjeld',
    deposit_sold: 'Pant solgt',
    deposit_returned: 'Pant returnert',
    'gift-card_sold': 'Gavekort solgt',
    purchases: 'Innkjøp',
    rounding: 'Øreavrunding',
    tender_card: 'Betalingskort',
    tender_cash: 'Kontanter',
    tender_swish: 'Swish',
    tender_credit: 'På kreditt',
    statement: 'Konto ifølge utskrift',
    'input-vat': 'Inngående mva',
    decided: 'Besluttet av et menneske',
  },
};
