import bas from './bas-2025.json' with { type: 'json' };

/** An account of the Swedish BAS chart, with what the VAT return and the tax form make of it. */
export type BasAccount = {
  readonly account: string;
  readonly name: string;
  readonly type: 'asset' | 'liability_equity' | 'income' | 'cost' | 'financial';
  /** Box of the Swedish VAT return that the account belongs to. */
  readonly vatBox?: string;
  /** The side on which the box counts upwards. */
  readonly vatSide?: 'debit' | 'credit';
  readonly rate?: number;
  readonly sru?: string;
};

/** BAS 2025, by account number. */
export const BAS: ReadonlyMap<string, BasAccount> = new Map(
  (bas as readonly BasAccount[]).map((account) => [account.account, account]),
);
