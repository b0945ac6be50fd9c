import assert from 'node:assert/strict';
import { present } from '../../lib/assert.ts';
import { openOutbound } from '../../hub/outbound.ts';
import { LOOPBACK, openReach } from '../../hub/reach.ts';
import { Bench } from './bench.ts';
import type { Check } from './check.ts';
import { book, bothYears, contextOf, done, failureOf, voucherWrite } from './delivery.ts';
import type { LoginKind, RemoteFault } from './trial.ts';
import { testVoucher } from './vouchers.ts';

const LOGINS: readonly LoginKind[] = ['lasting', 'rotating'];
const CALLS_AT_ONCE = 10;
/** Longer than an access token lives anywhere. */
const TOKEN_LIFE_MS = 24 * 3_600_000;

/** A login is renewed in time, by one at a time, and never used before it is on disk. */
export function checkLogin(check: Check): void {
  for (const login of LOGINS) {
    const named = (title: string): string => `${title} (${login} login)`;

    const together = named('renews an ended token once though ten calls meet it together');
    check(together, (bench) => renewTogether(bench), login);

    check(
      named('renews a token before it ends, so that no call meets its end'),
      async (bench) => {
        bench.run.advance(TOKEN_LIFE_MS);
        await book(bench, testVoucher(bench.ledger), 'key-1');
        assert.ok(bench.sent.every(({ response }) => response?.status !== 401));
        assert.equal(bench.shelf.renewals, 1);
      },
      login,
    );

    check(
      named('takes the newest login when another process has renewed it'),
      async (bench) => {
        const other = bench.another();
        await bench.run.arrange({ kind: 'token-ended' });
        await bench.target.readBooks(bothYears(bench));
        await other.readBooks(bothYears(bench));
        assert.equal(bench.shelf.renewals, 1);
        await book(bench, testVoucher(bench.ledger), 'key-1');
      },
      login,
    );

    for (const fault of PASSING) {
      check(
        named(`leaves no doubt about a voucher when the login meets ${nameOf(fault)}`),
        (bench) => withoutDoubt(bench, fault),
        login,
      );
    }

    check(
      named('asks a person to connect again when the login is gone'),
      async (bench) => {
        const write = await voucherWrite(bench, testVoucher(bench.ledger));
        await bench.run.arrange({ kind: 'login-lost' });
        await bench.run.arrange({ kind: 'token-ended' });
        const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
        assert.equal(failure.kind, 'reconnect');
        assert.equal(bench.run.booked().length, 0);
      },
      login,
    );
  }

  check('does not take a gateway that refuses a good login for a lost one', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    const place = { kind: 'write', call: write.call } as const;
    bench.run.fail({ kind: 'unauthorized' }, { ...place, times: 2 });
    const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
    assert.ok(['unreachable', 'busy'].includes(failure.kind), failure.kind);
    await done(bench.target, write, contextOf('key-1'));
    assert.equal(bench.run.booked().length, 1);
  });

  check("makes a login of a person's consent", (bench) => fromConsent(bench), 'rotating');
}

async function renewTogether(bench: Bench): Promise<void> {
  const write = await voucherWrite(bench, testVoucher(bench.ledger));
  const others = [bench.another(), bench.another()];
  await bench.run.arrange({ kind: 'token-ended' });
  const targets = [bench.target, ...others];
  const calls = Array.from({ length: CALLS_AT_ONCE }, (_, i) => {
    const target = present(targets[i % targets.length], 'a process');
    return i % 2 === 0
      ? target.find(write, contextOf(`key-${i}`))
      : target.write(write, contextOf(`key-${i}`));
  });
  await Promise.all(calls);
  assert.equal(bench.shelf.renewals, 1, 'one renews for all');
  assert.equal(bench.run.booked().length, CALLS_AT_ONCE / 2);
  await book(bench, testVoucher(bench.ledger), 'key-after');
}

/** What passes: the login is as good as before. */
const PASSING: readonly RemoteFault[] = [
  { kind: 'busy' },
  { kind: 'server-error', commits: false },
  { kind: 'reset' },
  { kind: 'wrong-body', body: 'html' },
];

function nameOf(fault: RemoteFault): string {
  return fault.kind.replace('-', ' ');
}

/** Without a login nothing was sent, so nothing can have taken effect. */
async function withoutDoubt(bench: Bench, fault: RemoteFault): Promise<void> {
  const write = await voucherWrite(bench, testVoucher(bench.ledger));
  await bench.run.arrange({ kind: 'token-ended' });
  bench.run.fail(fault, { kind: 'login' });
  const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
  const expected = fault.kind === 'busy' ? 'busy' : 'unreachable';
  assert.equal(failure.kind, expected);
  assert.equal(bench.run.booked().length, 0);
}

/** A connection without any login goes through the consent page and can then book. */
async function fromConsent(bench: Bench): Promise<void> {
  const { connector } = bench.under;
  const advice = 'WRITE: `consent` in connector.ts, or this test as a gap with its reason';
  const { consent } = connector;
  if (consent === undefined) assert.fail(advice);
  const settings = connector.settings.parse(bench.run.settings);
  const redirectUri = 'https://hub.example/oauth/callback';
  const page = consent.page(settings, redirectUri);
  const other = consent.page(settings, redirectUri);
  assert.notEqual(page.state, other.state, 'each consent has a state of its own');
  assert.notEqual(page.verifier, other.verifier);
  assert.ok(!page.url.includes(page.verifier), 'the verifier stays here');
  const answer = await present(bench.run.consent, 'a person')(page.url);
  assert.equal(answer.state, page.state);
  const given = { settings, http: bench.http(bench.run.settings), clock: bench.run.clock };
  const { code } = answer;
  const { verifier } = page;
  // Only what a person typed in is there before.
  const typed = Object.fromEntries(
    Object.entries(bench.run.secrets).filter(([name]) => name === 'clientSecret'),
  );
  const login = await consent.exchange(given, typed, { code, verifier, redirectUri });
  const used = consent.exchange(given, typed, { code, verifier, redirectUri });
  assert.equal((await failureOf(bench, used)).kind, 'reconnect', 'a code is used once');
  for (const name of Object.keys(login.secrets)) assert.ok(connector.secrets.includes(name), name);
  const outbound = openOutbound(openReach(LOOPBACK));
  try {
    const run = { ...bench.run, settings: login.settings, secrets: login.secrets };
    const fresh = new Bench({ under: bench.under, run, outbound });
    await book(fresh, testVoucher(bench.ledger), 'key-1');
    assert.equal(bench.run.booked().length, 1);
  } finally {
    await outbound.close();
  }
}
