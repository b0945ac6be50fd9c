import { money } from '../../domain/money.ts';
import type { PostingChoices } from '../../domain/posting/choices.ts';

/** A Swedish company that has chosen nothing of its own. */
export const BOOKS_CHOICES: PostingChoices = {
  country: 'SE',
  language: 'sv',
  accounts: {},
  departments: {},
  invoiceClasses: {},
  bookedOnArrival: [],
  reverseChargeRates: {},
  payoutFees: {},
  cashDifferenceLimit: null,
  vatTolerance: money(1n, 'SEK'),
  saleDate: 'order',
  saleSchemes: {},
  singlePurposeCards: [],
  series: null,
};
