import type { FieldTexts } from '../../ports/field-texts.ts';
import { ASKING_TEXTS, CODING_TEXTS, KEEPING_TEXTS } from './books.ts';
import { CODED_TEXTS } from './coded.ts';
import { GOODS_TEXTS } from './goods.ts';
import { INVOICING_TEXTS } from './invoicing.ts';
import { SHOP_ORDER_TEXTS } from './shop-orders.ts';

/** What the form of a flow's choices says. */
export const FLOW_CHOICE_TEXTS: FieldTexts = {
  ...CODING_TEXTS,
  ...ASKING_TEXTS,
  ...SHOP_ORDER_TEXTS,
  ...GOODS_TEXTS,
  ...INVOICING_TEXTS,
  ...CODED_TEXTS,
  ...KEEPING_TEXTS,
};
