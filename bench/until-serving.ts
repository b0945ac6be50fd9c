import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { ServerChild } from './processes/server-child.ts';

/** What a server said until it served. */
export type Serving = {
  /** From its start to the answer that says that it serves. */
  readonly ms: number;
  /** Answers 503, and how many of them said when to come again. */
  readonly starting: number;
  readonly startingWithRetryAfter: number;
  /** Other answers before it served: there should be none. */
  readonly others: readonly number[];
};

/** What is uploaded, and by whom. */
export type FirstUpload = { readonly key: string; readonly text: string };

const POLL_MS = 3;
const WAIT_MAX_MS = 60_000;

/**
 * Asks a server that was just started again and again, until an upload is acknowledged.
 *
 * @param first - null: only until it answers that it is well
 */
export async function untilServing(
  server: ServerChild,
  first: FirstUpload | null,
): Promise<Serving> {
  const agent = new Agent({ pipelining: 1 });
  const seen = { starting: 0, startingWithRetryAfter: 0 };
  const others: number[] = [];
  try {
    for (;;) {
      const response = await ask(server.url, { agent, first });
      const ms = performance.now() - server.startedMs;
      if (response?.status === (first === null ? 200 : 202)) return { ...seen, others, ms };
      if (response?.status === 503) {
        seen.starting += 1;
        if (response.hasRetryAfter) seen.startingWithRetryAfter += 1;
      } else if (response !== null) others.push(response.status);
      if (ms > WAIT_MAX_MS) throw new Error('the hub did not serve within a minute');
      await sleep(POLL_MS);
    }
  } finally {
    await agent.close();
  }
}

/** @returns null when there was no answer */
async function ask(
  url: string,
  by: { readonly agent: Agent; readonly first: FirstUpload | null },
): Promise<{ readonly status: number; readonly hasRetryAfter: boolean } | null> {
  const { agent, first } = by;
  try {
    const response =
      first === null
        ? await request(`${url}/health`, { dispatcher: agent })
        : await request(`${url}/v1/files/minbutik?name=first.csv`, {
            method: 'POST',
            headers: { authorization: `Bearer ${first.key}` },
            body: first.text,
            dispatcher: agent,
          });
    await response.body.dump();
    const { statusCode, headers } = response;
    return { status: statusCode, hasRetryAfter: headers['retry-after'] !== undefined };
  } catch {
    return null; // It does not listen yet.
  }
}
