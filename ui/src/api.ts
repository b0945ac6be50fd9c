import { hc, type InferResponseType } from 'hono/client';
import type { Api } from '../../src/web/api/api.ts';
import type { FormField, FormOption } from '../../src/web/form/fields.ts';
import { i18n } from './language.ts';

/** The API, typed by the routes themselves. Each call says in which language it wants sentences. */
export const api = hc<Api>('/api', {
  headers: () => ({ 'accept-language': i18n.language }),
});

/** What the hub says is wrong. */
export class ApiError extends Error {
  readonly status: number;
  /** The same in every language; null where the hub gives none. */
  readonly code: string | null;

  constructor(status: number, detail: string, code: string | null) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** The body of an answer. @throws ApiError for everything that is not well */
export async function answer<T>(asked: Promise<{ json(): Promise<T> } & ResponseLike>): Promise<T> {
  const response = await asked;
  if (response.ok) return response.json();
  throw await failure(response);
}

type ResponseLike = { readonly ok: boolean; readonly status: number; text(): Promise<string> };

/** What the hub said instead of an answer. */
export async function failure(response: ResponseLike): Promise<ApiError> {
  const text = await response.text();
  const said = readJson(text);
  const says = said?.detail ?? said?.message ?? String(response.status);
  return new ApiError(response.status, says, said?.code ?? null);
}

type Said = { readonly detail?: string; readonly message?: string; readonly code?: string };

function readJson(text: string): Said | null {
  try {
    return JSON.parse(text) as Said;
  } catch {
    return null;
  }
}

/** Sends a file as it is. */
export async function sendFile<T>(path: string, file: Blob): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    body: file,
    headers: {
      'accept-language': i18n.language,
      'content-type': 'application/octet-stream',
    },
  });
  if (!response.ok) throw await failure(response);
  return (await response.json()) as T;
}

const company = api.companies[':company'];

export type { FormField, FormOption };

/** Fields within fields are more than the client's types can say. */
export function formOf(of: { readonly form: unknown }): readonly FormField[] {
  return of.form as readonly FormField[];
}

type Ok<T> = InferResponseType<T, 200>;
export type Me = Ok<typeof api.me.$get>;
export type Overview = Ok<typeof api.overview.$get>;
export type CompanyOverview = Ok<typeof company.overview.$get>;
export type HeldList = Ok<typeof company.held.$get>;
export type Held = HeldList['held'][number];
export type ReviewList = Ok<typeof company.review.$get>;
export type ReviewRow = ReviewList['rows'][number];
export type HeldWhole = Ok<(typeof company.held)[':delivery']['$get']>;
export type Documents = Ok<typeof company.documents.$get>;
export type WholeDocument = Ok<(typeof company.documents)[':document']['$get']>;
export type Posting = WholeDocument['deliveries'][number]['draft'][number];
export type Voucher = WholeDocument['deliveries'][number]['vouchers'][number];
export type Refusal = Held['refusals'][number];
export type Money = NonNullable<Held['amount']>;
export type State = Held['state'];
export type Connections = Ok<typeof company.connections.$get>;
export type Systems = Ok<typeof company.systems.$get>;
export type ConnectionWhole = Ok<(typeof company.connections)[':connection']['$get']>;
export type Charts = Ok<typeof company.charts.$get>;
export type Documentation = Ok<(typeof company)['system-documentation']['$get']>;
export type Schedules = Ok<typeof company.schedules.$get>;
export type Balances = Ok<typeof company.balances.$get>;
export type ClosedDays = Ok<(typeof company)['closed-days']['$get']>['closed'][number];
export type Finding = Schedules['missing'][number];
export type CompanyDetails = Ok<typeof company.details.$get>;
export type Flows = Ok<typeof company.flows.$get>;
export type FlowTerms = Ok<(typeof company)['flow-terms'][':connection']['$get']>;
export type Reconciliation = Ok<typeof company.reconciliations.$post>;
export type ReconciliationParts = Ok<
  (typeof company.reconciliations)[':reconciliation']['parts']['$get']
>;
export type Imported = Ok<typeof company.imports.$get>['files'][number];
export type Guess = Ok<typeof company.imports.guess.$post>;
export type Preview = Ok<typeof company.imports.preview.$post>;
export type Taken = Ok<typeof company.imports.$post>;
export type Way = Parameters<typeof company.held.settle.$post>[0]['json']['way'];
export type FirmSettings = Ok<typeof api.firm.$get>;
export type Key = Ok<typeof company.keys.$get>['keys'][number];
export type Webhooks = Ok<typeof company.webhooks.$get>;
export type Webhook = Webhooks['webhooks'][number];
export type WebhookEvent = Webhooks['events'][number];
export type WebhookMessage = Ok<
  (typeof company.webhooks)[':webhook']['messages']['$get']
>['messages'][number];
export type Right = Me['firm'][number];
