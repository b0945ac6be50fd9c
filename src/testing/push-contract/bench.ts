import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import type { Books } from '../../domain/books.ts';
import { openHub, type Hub } from '../../hub/hub.ts';
import { takePush, type PushResult } from '../../hub/push/take-push.ts';
import { defineConnector, type AnyConnector } from '../../ports/connector.ts';
import { addCompany, addConnection, addFlow, type Company } from '../../store/registry.ts';
import { scriptedTarget, type ScriptedTarget } from '../scripted-target.ts';
import type { TestServer } from '../test-server.ts';
import type { PushUnderTest } from './trial.ts';

/** A push as a sender makes it. */
export type Sent = { readonly externalId: string; readonly key: string; readonly body: object };

/** A hub that a system pushes to, before a ledger that does as it is told. */
export type PushBench = {
  readonly hub: Hub;
  readonly company: Company;
  readonly connectionId: string;
  readonly ledger: ScriptedTarget;
  /** Pushes things together, and waits for what becomes of them. */
  push(...sent: readonly Sent[]): Promise<readonly PushResult[]>;
};

/** Longer than any delivery takes here. */
const WAIT_MS = 30_000;
const LEDGER = 'ledger';
const RATE = { requests: 1_000, perMs: 1_000 };

/** Runs a test on a hub of its own. */
export async function withPush(
  under: PushUnderTest,
  server: TestServer,
  body: (bench: PushBench) => Promise<void>,
): Promise<void> {
  const { connector, trial } = under;
  const home = mkdtempSync(join(tmpdir(), 'bokbro-push-'));
  const scripted = scriptedTarget();
  const capabilities = { ...scripted.capabilities, takes: connector.gives };
  const ledger: ScriptedTarget = { ...scripted, capabilities, readBooks: () => ledger.onBooks() };
  const hub = await openHub(
    {
      ...{ home, port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1', reach: [] },
      database: { kind: 'server', url: await server.newUrl() },
      masterKey: randomBytes(32).toString('base64'),
      logLevel: 'silent',
    },
    {
      log: pino({ level: 'silent' }),
      connectors: new Map([
        [connector.id, connector],
        [LEDGER, ledgerOf(connector, ledger)],
      ]),
      maintain: false,
    },
  );
  const worker = await hub.startWorker();
  try {
    const { db } = hub.database;
    const company = await addCompany(db, { name: 'Pushed AB', country: 'SE', language: 'sv' });
    const own = { companyId: company.id };
    const { settings } = trial;
    const about = { ...own, connector: connector.id, name: connector.id, settings };
    const source = await addConnection(db, about);
    const to = { ...own, connector: LEDGER, name: LEDGER, settings: {} };
    const target = await addConnection(db, to);
    await addFlow(db, { source, target, mode: 'automatic', choices: {}, startDate: null });
    const push: PushBench['push'] = (...sent) => {
      const items = sent.map(({ externalId, key, body: thing }) => {
        return { externalId, key, text: JSON.stringify(thing) };
      });
      return takePush(hub, source.id, { items, waitMs: WAIT_MS });
    };
    await body({ hub, company, connectionId: source.id, ledger, push });
  } finally {
    await worker.stop();
    await hub.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Books of one year that have no account. */
export function emptyBooks(books: Books): Books {
  const year = { id: '1', from: '2000-01-01', to: '2099-12-31' } as const;
  return { ...books, years: [year as NonNullable<Books['years']>[number]], accounts: { '1': {} } };
}

function ledgerOf(connector: AnyConnector, ledger: ScriptedTarget): AnyConnector {
  return defineConnector({
    ...{ id: LEDGER, name: 'Ledger', secrets: [], gives: [], takes: connector.gives },
    ...{ settings: z.object({}), texts: { settings: {}, secrets: {} } },
    ...{ rateLimit: RATE, hosts: () => [] },
    open: () => ({ target: ledger }),
  }) as unknown as AnyConnector;
}
