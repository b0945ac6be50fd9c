import assert from 'node:assert/strict';
import { openOutbound, type Outbound } from '../../hub/outbound.ts';
import { LOOPBACK, openReach } from '../../hub/reach.ts';
import { present } from '../../lib/assert.ts';
import type { Secrets } from '../../ports/connector.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ports/http.ts';
import type { Target } from '../../ports/target.ts';
import { SecretShelf } from './secret-shelf.ts';
import type { LoginKind, TargetRun, TargetUnderTest } from './trial.ts';

/** A request as it left, and its answer when there was one. */
export type Sent = { readonly request: HttpRequest; response: HttpResponse | null };

/** Stands between the connector and the network for one test. */
export type Between = (request: HttpRequest, http: Http) => Promise<HttpResponse>;

/** No call takes this long unless it hangs. */
const PATIENT_MS = 10_000;
/** How long a call that is to hang is waited for. */
const IMPATIENT_MS = 250;

/** A connector on its simulator, over real HTTP, with all that passes between them recorded. */
export class Bench {
  readonly run: TargetRun;
  readonly under: TargetUnderTest;
  readonly shelf: SecretShelf;
  readonly sent: Sent[] = [];
  readonly target: Target;
  between: Between | null = null;
  readonly #outbound: Outbound;

  constructor(of: {
    readonly under: TargetUnderTest;
    readonly run: TargetRun;
    readonly outbound: Outbound;
    readonly secrets?: Secrets;
  }) {
    this.under = of.under;
    this.run = of.run;
    this.#outbound = of.outbound;
    this.shelf = new SecretShelf(of.secrets ?? of.run.secrets);
    this.target = this.another();
  }

  get ledger(): TargetUnderTest['trial']['ledger'] {
    return this.under.trial.ledger;
  }

  /** The way out that the hub would give the connector. */
  http(settings: unknown, timeoutMs = PATIENT_MS): Http {
    const { connector } = this.under;
    const hosts = connector.hosts(connector.settings.parse(settings));
    const real = this.#outbound.to(hosts, { timeoutMs });
    return { send: (request) => this.#send(request, real) };
  }

  /** The same connection as a process of its own opens it: it remembers its own secrets. */
  another({ timeoutMs = PATIENT_MS } = {}): Target {
    const { connector } = this.under;
    const { clock, settings: written } = this.run;
    const settings = connector.settings.parse(written);
    const http = this.http(written, timeoutMs);
    const opened = connector.open({ settings, http, clock, credentials: this.shelf.process() });
    return present(opened.target, `a target in ${connector.id}`);
  }

  /** A connection that gives up on a call soon. */
  impatient(): Target {
    return this.another({ timeoutMs: IMPATIENT_MS });
  }

  async #send(request: HttpRequest, real: Http): Promise<HttpResponse> {
    this.shelf.checkUnused(request);
    const sent: Sent = { request, response: null };
    this.sent.push(sent);
    const { between } = this;
    sent.response = await (between === null ? real.send(request) : between(request, real));
    return sent.response;
  }
}

/** Runs a test on a simulator of its own. Afterwards its books must still be sound. */
export async function withBench(
  under: TargetUnderTest,
  login: LoginKind,
  body: (bench: Bench) => Promise<void>,
): Promise<void> {
  const outbound = openOutbound(openReach(LOOPBACK));
  const run = await under.trial.start(login);
  try {
    await body(new Bench({ under, run, outbound }));
    assert.deepEqual(run.problems(), [], 'the books add up');
  } finally {
    await run.stop();
    await outbound.close();
  }
}
