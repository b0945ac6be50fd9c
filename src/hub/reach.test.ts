import assert from 'node:assert/strict';
import type { LookupAddress, lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ConnectorError } from '../ports/errors.ts';
import { openMailbox } from './fetch/mail-session.ts';
import { mailSettings } from './fetch/settings.ts';
import { openOutbound } from './outbound.ts';
import { LOOPBACK, openReach, type Reach } from './reach.ts';

/** Each way to write an address that leads into a house, and what it leads to. */
const CLOSED: readonly (readonly [host: string, what: string])[] = [
  ['127.0.0.1', 'this machine'],
  ['127.255.255.254', 'this machine'],
  ['0.0.0.0', 'this machine'],
  ['10.1.2.3', 'a private network'],
  ['172.31.255.255', 'a private network'],
  ['192.168.1.1', 'a private network'],
  ['100.100.100.200', 'a shared network, and metadata at Alibaba'],
  ['169.254.169.254', 'link-local, and metadata of clouds'],
  ['168.63.129.16', 'metadata at Azure'],
  ['192.0.0.192', 'metadata at Oracle'],
  ['198.18.0.1', 'a network for measurements'],
  ['224.0.0.1', 'several receivers'],
  ['255.255.255.255', 'everybody near'],
  ['::', 'this machine'],
  ['::1', 'this machine'],
  ['::ffff:127.0.0.1', 'this machine, as sockets of IPv6 write it'],
  ['::ffff:a9fe:a9fe', '169.254.169.254'],
  ['::127.0.0.1', 'this machine, as it was written once'],
  ['64:ff9b::7f00:1', '127.0.0.1 by NAT64'],
  ['64:ff9b::10.0.0.1', '10.0.0.1 by NAT64'],
  ['64:ff9b:1::1', 'NAT64 of a house'],
  ['2002:7f00:1::', '127.0.0.1 by 6to4'],
  ['2001:0:7f00:1::', 'Teredo'],
  ['fd00:ec2::254', 'metadata at Amazon'],
  ['fc00::1', 'a private network'],
  ['fe80::1', 'link-local'],
  ['fe80::1%lo', 'link-local, with where'],
  ['fec0::1', 'a private network of old'],
  ['ff02::1', 'several receivers'],
  ['2001:db8::1', 'nobody'],
];

/** Addresses as browsers and the C library read them, which do not look like one. */
const ODD = ['2130706433', '0x7f000001', '0x7f.1', '017700000001', '127.1', '0', '127.0.0.1.'];

const OPEN = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '9.255.255.255', '11.0.0.0'];
const OPEN_6 = ['2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101', '2a00:1450::1'];

describe('openReach', () => {
  const reach = openReach([]);

  for (const [host, what] of CLOSED) {
    test(`does not reach ${host}: ${what}`, () => {
      assert.throws(() => reach.to(host), { code: 'ECLOSEDNETWORK' });
    });
  }

  for (const host of [...OPEN, ...OPEN_6]) {
    test(`reaches ${host}`, () => assert.equal(reach.to(host).host, host));
  }

  test('reaches a closed network that is named, and its neighbours no more than before', () => {
    const named = openReach(['10.1.0.0/16', 'fd00:1::/32']);
    for (const host of ['10.1.0.1', '::ffff:10.1.0.1', '64:ff9b::10.1.0.1', 'fd00:1::5']) {
      assert.equal(named.to(host).host, host);
    }
    for (const host of ['10.2.0.1', '127.0.0.1', 'fd00:2::5', '::ffff:10.2.0.1']) {
      assert.throws(() => named.to(host), { code: 'ECLOSEDNETWORK' });
    }
  });

  test('says what to do, and not where a name leads', async () => {
    const error = await lookedUp(openReach([], namesLeadTo(['10.9.8.7'])), 'intranet.test');
    assert.match(String(error), /intranet\.test .*BOKBRO_REACH/);
    assert.doesNotMatch(String(error), /10\.9\.8\.7/);
  });

  test('takes of several addresses those that are open', async () => {
    const names = namesLeadTo(['10.0.0.1', '1.1.1.1', '::1', '2606:4700::1111']);
    assert.deepEqual(await lookedUp(openReach([], names), 'shop.test'), [
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
  });
});

describe('a call', () => {
  let site: Server;
  let port: number;
  let visits = 0;
  before(async () => {
    site = createServer((_, response) => {
      visits += 1;
      response.end('hej');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    ({ port } = site.address() as AddressInfo);
  });
  after(() => site.close());
  beforeEach(() => void (visits = 0));

  async function call(reach: Reach, host: string, standIn?: string): Promise<string> {
    const outbound = openOutbound(reach);
    const at = `${host}:${port}`;
    const allowed = [at, new URL(`http://${at}`).host];
    if (standIn !== undefined) outbound.standIn(standIn);
    const http = outbound.to(allowed, { timeoutMs: 5_000 });
    try {
      const { body } = await http.send({ method: 'GET', url: `http://${at}/` });
      return Buffer.from(body).toString();
    } catch (error) {
      assert.ok(error instanceof ConnectorError);
      return `${error.failure.kind}: ${error.message}`;
    } finally {
      await outbound.close();
    }
  }

  for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', 'localhost', ...ODD]) {
    test(`to http://${host} is not made`, async () => {
      assert.match(await call(openReach([]), host), /^unreachable: .*BOKBRO_REACH/);
      assert.equal(visits, 0);
    });
  }

  test('is made into a network that is named', async () => {
    assert.equal(await call(openReach(LOOPBACK), '127.0.0.1'), 'hej');
    assert.equal(await call(openReach(LOOPBACK), 'localhost'), 'hej');
  });

  test('is made to a simulated system within the process, at its own port only', async () => {
    assert.equal(await call(openReach([]), '127.0.0.1', `127.0.0.1:${port}`), 'hej');
    assert.match(await call(openReach([]), '127.0.0.1', `127.0.0.1:${port + 1}`), /^unreachable/);
    assert.equal(visits, 1);
  });

  test('goes nowhere when a name that was open leads into the house the next time', async () => {
    let asked = 0;
    const names = namesLeadTo(() => ((asked += 1) === 1 ? ['1.1.1.1'] : ['127.0.0.1']));
    const reach = openReach([], names);
    assert.deepEqual(await lookedUp(reach, 'shop.test'), [{ address: '1.1.1.1', family: 4 }]);
    assert.match(await call(reach, 'shop.test'), /^unreachable: shop\.test .*BOKBRO_REACH/);
    assert.deepEqual([asked, visits], [2, 0]);
  });

  test('goes where the name leads that was looked up, and asks no second time', async () => {
    let asked = 0;
    const names = namesLeadTo(() => ((asked += 1) === 1 ? ['127.0.0.1'] : ['10.0.0.1']));
    assert.equal(await call(openReach(LOOPBACK, names), 'shop.test'), 'hej');
    assert.equal(asked, 1);
  });
});

describe('a mailbox', () => {
  const rest = { port: 993, user: 'butik', since: '2026-01-01' };
  for (const security of ['tls', 'starttls'] as const) {
    test(`in a closed network is not connected to, with ${security}`, async () => {
      for (const host of ['127.0.0.1', '::1', 'localhost', '0x7f.1']) {
        const settings = mailSettings.parse({ ...rest, host, security });
        await assert.rejects(openMailbox(settings, { password: 'hemligt' }, openReach([])), {
          name: 'PickupError',
          trouble: { code: 'closed-network', facts: { host } },
        });
      }
    });
  }
});

/** Names that all lead to these addresses. */
function namesLeadTo(found: readonly string[] | (() => readonly string[])): typeof lookup {
  const ask = (_: string, __: unknown, done: (error: null, all: LookupAddress[]) => void): void => {
    const all = typeof found === 'function' ? found() : found;
    done(
      null,
      all.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return ask as unknown as typeof lookup;
}

function lookedUp(reach: Reach, host: string): Promise<unknown> {
  return new Promise((resolve) => {
    reach.lookup(host, { all: true }, (error, found) => resolve(error ?? found));
  });
}
