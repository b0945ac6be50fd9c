import type { svReconcile } from './sv-reconcile.ts';
import type { TextsLike } from './texts-like.ts';

/** What is compared, and how it can differ. */
export const nbReconcile: TextsLike<typeof svReconcile> = {
  different: {
    amount: 'Beløpene er ulike',
    'voucher-missing': 'Bilaget finnes ikke i regnskapet',
    'voucher-differs': 'Bilaget er et annet i regnskapet',
    'voucher-reversed': 'Bilaget er reversert i regnskapet',
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
    agency_gaming: 'Kommisjon: spill',
    agency_other: 'Kommisjon: annet',
    difference: 'Besluttet av en person',
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
  missing: {
    right: 'Det stemmer …',
    sayRight: 'Stemmer',
    whyRight: 'Grunn, for eksempel nye priser',
    never: 'Kommer aldri …',
    why: 'Grunn, for eksempel stengt',
    dismiss: 'Ikke vent på den',
    expect: 'Vent likevel',
    dismissed_one: '{{count}} ventes ikke',
    dismissed_other: '{{count}} ventes ikke',
  },
  grid: {
    title: 'Per dag, mva-sats og betalingsmåte',
    text:
      'Beløp ifølge kilden, debet pluss og kredit minus. Er de like på alle tre sider, ' +
      'står ett beløp; ellers alle tre. Et klikk viser dagens bilag.',
    sum: 'Sum',
  },
};
