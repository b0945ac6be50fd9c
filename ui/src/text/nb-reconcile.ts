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
      'står ett beløp; ellers alle tre. Et klikk viser bilagene som beløpet består av.',
    sum: 'Sum',
    close: 'Lukk',
    unknown:
      'Avstemmingen er for gammel til å si hvilke bilag beløpet består av: gjør den på nytt.',
    evenButDecided: 'Likt bortsett fra {{amount}} som en person har besluttet.',
    decided: 'besluttet',
    madeAt: 'Gjort {{time}}',
  },
};
