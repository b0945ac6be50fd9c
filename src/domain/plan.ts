import type { Voucher } from './posting/voucher.ts';
import type { Notice, Refusal } from './refusal.ts';
import type { VoucherRow } from './posting/voucher.ts';

/**
 * A small thing to have done in the target, in the hub's own terms. A target turns each step into
 * the calls it takes there.
 */
export type Step =
  | { readonly kind: 'post-voucher'; readonly id: string; readonly voucher: Voucher }
  | {
      readonly kind: 'attach-file';
      readonly id: string;
      /** The step whose result the file belongs to. */
      readonly to: string;
      readonly fileName: string;
    };

/**
 * What is to become of one document in one target: the vouchers it leads to, and the steps that
 * get them there, in order.
 */
export type Plan = {
  readonly vouchers: readonly Voucher[];
  readonly steps: readonly Step[];
  readonly notices: readonly Notice[];
};

/** A plan, or every reason that there is none. */
export type PlanOutcome =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | {
      readonly kind: 'held';
      readonly refusals: readonly Refusal[];
      readonly draft: readonly VoucherRow[];
      readonly notices: readonly Notice[];
    };
