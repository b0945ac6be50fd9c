import { contentHash } from '../domain/document/content-hash.ts';
import { documentDate, type Document } from '../domain/document/document.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { IntakeStore, StagedDocument } from '../ports/store.ts';
import type { Database } from '../store/db.ts';
import { intakeStore } from '../store/intake-store.ts';
import { openJobs, type JobQueue } from '../store/jobs.ts';
import { laneStore } from '../store/lane-store.ts';
import {
  addCompany,
  addConnection,
  addFlow,
  type Company,
  type Connection,
} from '../store/registry.ts';

/** A company with one flow, in a database, and the ways to write to it. */
export type LaneRows = {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly intake: IntakeStore;
  readonly store: ReturnType<typeof laneStore>;
  readonly company: Company;
  readonly source: Connection;
  /** The target's connection, which is also the lane. */
  readonly target: Connection;
  readonly flowId: string;
  /** Takes a file with these documents in. @returns the file's id */
  takeIn(documents: readonly Document[]): Promise<string>;
  /** Ids of all deliveries, oldest first. */
  deliveryIds(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

/** Puts a company with one flow into a database. */
export async function addLaneRows(
  database: Database,
  of: {
    readonly name?: string;
    readonly mode?: 'automatic' | 'review';
    readonly choices?: unknown;
    readonly settings?: unknown;
    readonly startDate?: string;
  } = {},
): Promise<LaneRows> {
  const { db } = database;
  const jobs = await openJobs(database, { maintain: false });
  const intake = intakeStore(database, jobs);
  const name = of.name ?? 'Testbolaget AB';
  const company = await addCompany(db, { name, country: 'SE', language: 'sv' });
  const own = { companyId: company.id };
  const source = await addConnection(db, {
    ...own,
    connector: 'minbutik',
    name: 'kassan',
    settings: { stores: [], profiles: [] },
  });
  const target = await addConnection(db, {
    ...own,
    connector: 'fortnox',
    name: 'böckerna',
    settings: of.settings ?? {},
  });
  const flowId = await addFlow(db, {
    source,
    target,
    mode: of.mode ?? 'automatic',
    choices: of.choices ?? { attachFile: false },
    startDate: of.startDate ?? null,
  });
  return {
    ...{ database, jobs, intake, store: laneStore(database), company, source, target, flowId },
    takeIn: async (documents) => {
      const file = { connectionId: source.id, name: 'dag.csv', via: 'upload' } as const;
      const fileId = await intake.beginFile(file);
      const of = { fileId, connectionId: source.id };
      await intake.stage(documents.map((document) => ({ ...of, ...staged(document) })));
      await intake.commitFiles([{ fileId, guess: {} }]);
      return fileId;
    },
    deliveryIds: async () => {
      const rows = await db.selectFrom('delivery').select('id').orderBy('id').execute();
      return rows.map((row) => row.id);
    },
    stop: () => jobs.stop(),
  };
}

/** A document as reading stages it, without doubts. Its extract is its own key. */
function staged(document: Document): Omit<StagedDocument, 'fileId' | 'connectionId'> {
  return {
    document,
    key: refKey(document.ref),
    contentHash: contentHash(document, []),
    businessDate: documentDate(document),
    doubts: [],
    extract: Buffer.from(refKey(document.ref)),
    mediaType: 'text/csv',
  };
}
