import type { Generated } from 'kysely';
import type { JsonOrNull, Time } from './columns.ts';

export type GoodsLookRow = {
  flow_id: string;
  what: Generated<'stock' | 'articles'>;
  company_id: string;
  due_at: Time;
  holder: string | null;
  held_until: Date | null;
  mark: string | null;
  listed_at: Date | null;
  forgot_at: Date | null;
  told_until: Generated<string>;
  whole: JsonOrNull;
  looked_at: Date | null;
  trouble: JsonOrNull;
};

export type StockLevelRow = {
  flow_id: string;
  number: string;
  company_id: string;
  has: string;
  sold: Generated<string>;
  told: string | null;
  place: string | null;
  is_counted: boolean | null;
};

export type ArticleLevelRow = {
  flow_id: string;
  number: string;
  company_id: string;
  seen: string;
  place: string | null;
  wanted: string | null;
  told: string | null;
};
