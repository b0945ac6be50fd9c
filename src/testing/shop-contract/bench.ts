import { createServer, type Server } from 'node:http';
import { openOutbound, type Outbound } from '../../hub/outbound.ts';
import { LOOPBACK, openReach } from '../../hub/reach.ts';
import { systemClock } from '../../hub/system-clock.ts';
import { close, listen } from '../../lib/stand-in/server.ts';
import type { Opened } from '../../ports/connector.ts';
import type { HookMessage } from '../../ports/hooks.ts';
import type { ShopRun, ShopUnderTest } from './trial.ts';

/** No call takes this long unless it hangs. */
const PATIENT_MS = 10_000;

/** A shop's connector on its simulator, over real HTTP, and an address for its messages. */
export class ShopBench {
  readonly run: ShopRun;
  /** Messages that have come to the address, as they came. */
  readonly heard: readonly HookMessage[];
  readonly #under: ShopUnderTest;
  readonly #outbound: Outbound;
  readonly #address: string;

  constructor(of: {
    readonly under: ShopUnderTest;
    readonly run: ShopRun;
    readonly outbound: Outbound;
    readonly address: string;
    readonly heard: readonly HookMessage[];
  }) {
    this.#under = of.under;
    this.run = of.run;
    this.#outbound = of.outbound;
    this.#address = of.address;
    this.heard = of.heard;
  }

  /** The same connection as a process of its own opens it. */
  open(): Opened {
    const { connector } = this.#under;
    const { secrets } = this.run;
    const settings = connector.settings.parse(this.run.settings);
    return connector.open({
      settings,
      http: this.#outbound.to(connector.hosts(settings), { timeoutMs: PATIENT_MS }),
      clock: systemClock,
      credentials: { current: async () => secrets, refresh: async () => secrets },
    });
  }

  /** An address of ours that ends in a token: the part before it may change. */
  hookUrl(token: string, before = ''): string {
    return `${this.#address}${before}/v1/hooks/${token}`;
  }
}

/** Runs a test on a simulator of its own. */
export async function withShop(
  under: ShopUnderTest,
  body: (bench: ShopBench) => Promise<void>,
): Promise<void> {
  const outbound = openOutbound(openReach(LOOPBACK));
  const run = await under.trial.start();
  const heard: HookMessage[] = [];
  const server = ear(heard);
  const address = `http://127.0.0.1:${await listen(server, 0)}`;
  try {
    await body(new ShopBench({ under, run, outbound, address, heard }));
  } finally {
    await close(server);
    await run.stop();
    await outbound.close();
  }
}

/** Takes every message, as the hub's own web server does. */
function ear(heard: HookMessage[]): Server {
  return createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const headers = Object.entries(request.headers).map(([name, value]) => {
        return [name, String(value)] as const;
      });
      heard.push({
        method: request.method === 'GET' ? 'GET' : 'POST',
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(headers),
        body: Buffer.concat(chunks),
      });
      response.end();
    });
  });
}
