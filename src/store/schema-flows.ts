import type { Id, JsonColumn, Time } from './columns.ts';

/** The first of two people has let a document go. */
export type ApprovalRow = {
  delivery_id: string;
  company_id: string;
  decision: JsonColumn;
  by_whom: string;
  at: Time;
};

/** The rules of a flow from a moment on. */
export type FlowVersionRow = {
  id: Id;
  company_id: string;
  flow_id: string;
  at: Time;
  mode: string;
  choices: JsonColumn;
  start_date: string | null;
  four_eyes_minor: string | null;
};
