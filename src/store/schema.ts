import type { ColumnType, Generated } from 'kysely';
import type { Id, JsonColumn, JsonDefault, JsonOrNull, Time } from './columns.ts';
import type { ApprovalRow, FlowVersionRow } from './schema-flows.ts';
import type { DropResultRow, PushRow } from './schema-pushes.ts';
import type { FetchedPartRow, FetchedRow, HookRow, NudgeRow, PickupRow } from './pickup-rows.ts';
import type { SourceChangeRow, SourceLookRow } from './schema-sources.ts';
import type { ArticleLevelRow, GoodsLookRow, StockLevelRow } from './schema-stock.ts';
import type { WebhookMessageRow, WebhookRow } from './schema-webhooks.ts';
import type { FirmRow, SignInTryRow } from './schema-firm.ts';
import type {
  ApiAnswerRow,
  ApiKeyRow,
  AuditRow,
  InvitationRow,
  MembershipRow,
  PersonAccountRow,
  PersonFactorRow,
  PersonPasskeyRow,
  PersonRow,
  PersonSessionRow,
  PersonVerificationRow,
} from './schema-people.ts';

type Company = {
  id: Id;
  name: string;
  org_number: string | null;
  country: 'SE' | 'NO';
  language: 'sv' | 'nb' | 'en';
  time_zone: string;
  created_at: Time;
  is_demo: Generated<boolean>;
  ended_at: Date | null;
};

type Connection = {
  id: Id;
  company_id: string;
  connector: string;
  name: string;
  settings: JsonColumn;
  secrets: Buffer | null;
  secrets_version: Generated<number>;
  state: Generated<'ready' | 'reconnect' | 'setup' | 'paused'>;
  state_reason: JsonOrNull;
  created_at: Time;
};

type Flow = {
  id: Id;
  company_id: string;
  source_id: string;
  target_id: string;
  mode: 'automatic' | 'review';
  choices: JsonColumn;
  start_date: ColumnType<string | null, string | null, string | null>;
  is_return: Generated<boolean>;
  four_eyes_minor: string | null;
};

type SourceAccount = { connector: string; account: string; connection_id: string };

type ReceivedFile = {
  id: Id;
  company_id: string;
  connection_id: string;
  name: string;
  via: 'command' | 'upload' | 'folder' | 'sftp' | 'mail' | 'feed';
  size: ColumnType<string, number | undefined, number>;
  sha256: string | null;
  state: Generated<'arriving' | 'received' | 'read' | 'rejected'>;
  problems: JsonDefault;
  guess: JsonDefault;
  received_at: Time;
  set_aside_by: string | null;
  set_aside_why: string | null;
};

type ReceivedChunk = { file_id: string; seq: number; bytes: Buffer };

type AttachmentRow = {
  document_id: string;
  number: number;
  name: string;
  media_type: string | null;
  bytes: Buffer | null;
  left_out: string | null;
};

type DocumentRow = {
  id: Id;
  company_id: string;
  connection_id: string;
  file_id: string | null;
  kind: string;
  key: string;
  version: number;
  content_hash: string;
  business_date: string;
  series: string | null;
  serial: string | null;
  twin: string | null;
  body: JsonColumn;
  doubts: JsonColumn;
  extract: Buffer;
  media_type: string;
  received_at: Time;
};

type ReadingRow = {
  id: Id;
  company_id: string;
  file_id: string;
  kind: 'seen' | 'unreadable' | 'notice';
  key: string;
  detail: JsonColumn;
};

type Lane = {
  id: string;
  company_id: string;
  fence: Generated<string>;
  worker: string | null;
  taken_at: Date | null;
};

/** Where a delivery stands. */
export type DeliveryState =
  | 'review'
  | 'waiting'
  | 'sending'
  | 'in doubt'
  | 'held'
  | 'pending'
  | 'gathering'
  | 'gathered'
  | 'done'
  | 'skipped';

type Delivery = {
  id: Id;
  company_id: string;
  flow_id: string;
  lane_id: string;
  document_id: string;
  key: string;
  follows: string | null;
  state: Generated<DeliveryState>;
  due_at: Time;
  attempts: Generated<number>;
  refusals: JsonDefault;
  draft: JsonDefault;
  notices: JsonDefault;
  vouchers: JsonDefault;
  label: string | null;
  reason: string | null;
  created_at: Time;
  ended_at: Date | null;
  within: string | null;
  before_decision: JsonOrNull;
};

type DecisionRow = {
  id: Id;
  company_id: string;
  delivery_id: string;
  decision: JsonColumn;
  by_whom: string;
  at: Time;
  taken_back_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
};

type StepRow = {
  delivery_id: string;
  seq: number;
  write_id: string;
  key: string;
  call: string;
  input: JsonColumn;
  state: 'waiting' | 'sending' | 'in doubt' | 'done';
  attempt: number;
  fence: string;
  deadline: Date;
  looks: Generated<number>;
  remote: JsonOrNull;
};

type JournalRow = {
  id: Id;
  delivery_id: string;
  seq: number | null;
  event: string;
  attempt: number | null;
  fence: string | null;
  detail: string | null;
  at: Time;
};

type BooksRow = {
  connection_id: string;
  from_day: string;
  to_day: string;
  body: JsonColumn;
  read_at: Time;
};

type CallCount = {
  connection_id: string;
  day: string;
  calls: ColumnType<string, number, number>;
  rate_limited: ColumnType<string, number, number>;
};

type ReconciliationRow = {
  id: Id;
  company_id: string;
  flow_id: string;
  from_day: string;
  to_day: string;
  differences: number;
  result: JsonColumn;
  made_at: Time;
};

type Worker = { id: string; lock: string; process: string; started_at: Time };

type BalanceReturnRow = {
  flow_id: string;
  folder: string;
  times: string[];
  returned_at: Date | null;
  pickup_id: string | null;
  failed_at: Date | null;
  trouble: JsonOrNull;
};

type LinkRow = { connection_id: string; key: string; remote: JsonColumn; linked_at: Time };

type CreditSaleRow = {
  document_id: string;
  connection_id: string;
  store: string;
  day: string;
  register: string;
  side: 'report' | 'receipts';
  customer: string | null;
  minor: string;
};

type PaymentRow = {
  document_id: string;
  company_id: string;
  side: 'claim' | 'settled' | 'transfer';
  kind: string;
  method: string;
  number: string | null;
  transaction: string | null;
  row_id: string | null;
  names: string[];
  day: string;
  minor: string;
  currency: string;
};

type BalanceSnapshotRow = {
  flow_id: string;
  times: string[];
  made_at: Date | null;
  as_of: string | null;
  name: string | null;
  media_type: string | null;
  bytes: Buffer | null;
};

type ScheduleRow = {
  id: Id;
  company_id: string;
  act: 'missing' | 'reconcile';
  flow_id: string | null;
  days_back: number;
  times: string[];
  days: string[];
  due_at: Date;
  failures: Generated<number>;
};

type ScheduleRunRow = {
  id: Id;
  company_id: string;
  schedule_id: string;
  due_at: Date;
  begun_at: Date;
  ended_at: Date | null;
  outcome: 'clean' | 'found' | 'failed' | 'interrupted' | null;
  result: JsonDefault;
};

type FindingRow = {
  id: Id;
  company_id: string;
  key: string;
  day: string;
  about: JsonColumn;
  found_at: Date;
  closed_at: Date | null;
  dismissed_at: Date | null;
  dismissed_by: string | null;
  reason: string | null;
};

type ClosedDaysRow = {
  id: Id;
  company_id: string;
  store: string | null;
  register: string | null;
  from_day: string;
  to_day: string | null;
  weekdays: string[];
  reason: string;
  by_whom: string;
  made_at: Time;
};

type Consent = {
  state: string;
  connection_id: string;
  verifier: string;
  created_at: Time;
  return_to: string | null;
};

/** The tables, as the query builder sees them. Kept in step with `migrations/` by a test. */
export type Schema = {
  company: Company;
  connection: Connection;
  flow: Flow;
  source_account: SourceAccount;
  received_file: ReceivedFile;
  received_chunk: ReceivedChunk;
  document: DocumentRow;
  attachment: AttachmentRow;
  reading: ReadingRow;
  lane: Lane;
  delivery: Delivery;
  decision: DecisionRow;
  step: StepRow;
  journal: JournalRow;
  books: BooksRow;
  call_window: { key: string; granted_ms: string[] };
  call_count: CallCount;
  reconciliation: ReconciliationRow;
  worker: Worker;
  api_key: ApiKeyRow;
  api_answer: ApiAnswerRow;
  invitation: InvitationRow;
  consent: Consent;
  approval: ApprovalRow;
  flow_version: FlowVersionRow;
  credit_sale: CreditSaleRow;
  payment: PaymentRow;
  drop_folder: { connection_id: string; path: string };
  balance_return: BalanceReturnRow;
  balance_snapshot: BalanceSnapshotRow;
  schedule: ScheduleRow;
  schedule_run: ScheduleRunRow;
  finding: FindingRow;
  closed_days: ClosedDaysRow;
  untold: { delivery_id: string; payment: JsonOrNull };
  invoice_look: { connection_id: string; seen: string | null; due_at: Time };
  pickup: PickupRow;
  nudge: NudgeRow;
  hook: HookRow;
  fetched: FetchedRow;
  fetched_part: FetchedPartRow;
  push: PushRow;
  drop_result: DropResultRow;
  link: LinkRow;
  source_look: SourceLookRow;
  source_change: SourceChangeRow;
  webhook: WebhookRow;
  webhook_message: WebhookMessageRow;
  goods_look: GoodsLookRow;
  firm: FirmRow;
  sign_in_try: SignInTryRow;
  stock_level: StockLevelRow;
  article_level: ArticleLevelRow;
  person: PersonRow;
  person_session: PersonSessionRow;
  person_factor: PersonFactorRow;
  person_passkey: PersonPasskeyRow;
  person_account: PersonAccountRow;
  person_verification: PersonVerificationRow;
  membership: MembershipRow;
  audit: AuditRow;
  watching: { company_id: string; until: Date };
};
