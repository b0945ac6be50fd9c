import { lookup as askNames, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OperatorError } from '../ports/errors.ts';

/**
 * Networks that the hub calls nothing in unless its operator says so: its own machine, networks of
 * houses and providers, several receivers at once, and what nobody has. As IANA lists them
 * (special-purpose address registries, 2025), and 168.63.129.16, by which Azure tells its machines
 * their secrets; the same of other clouds stands in link-local, shared and unique local networks.
 */
const CLOSED = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['168.63.129.16/32', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
];

/** Of IPv6 what is given out to the world; beside it, addresses with one of IPv4 within (below). */
const OPEN = ['0.0.0.0/0', '2000::/3'];

/** Before an address of IPv4 in one of IPv6: as sockets write it, and as NAT64 does (RFC 6052). */
const AROUND_IPV4 = ['::ffff:', '64:ff9b::'];
const AROUND_IPV4_BITS = 96;

/** Where simulated systems stand: tests and demos name it, as an operator would. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8'];

/** Which addresses the process may call. Every socket that leaves it is made with this. */
export type Reach = {
  /**
   * What to give to a socket that is to go to a host. A name is looked up by the socket itself as
   * it connects, and leads to what may be reached only: a name that leads somewhere else each time
   * it is asked for gets nowhere.
   *
   * @throws ClosedNetworkError for an address that may not be reached
   */
  to(host: string): { readonly host: string; readonly lookup: LookupFunction };
  /** @throws ClosedNetworkError for an address, not a name, that may not be reached */
  check(host: string): void;
  /** Whether an address stands in a network that the operator has named; a name never does. */
  isNamed(host: string): boolean;
  readonly lookup: LookupFunction;
};

/** A host that stands in a network which the hub does not call. */
export class ClosedNetworkError extends Error {
  override readonly name = 'ClosedNetworkError';
  readonly code = 'ECLOSEDNETWORK';
  readonly host: string;

  /** It does not say where a name leads: that is for those who may look into the house’s names. */
  constructor(host: string) {
    super(
      `${host} is in a private network, which the hub does not call. If it should, whoever runs ` +
        'the hub names the network: BOKBRO_REACH=10.0.0.0/8.',
    );
    this.host = host;
  }
}

/**
 * @param networks - networks that may be reached although they are not open to the world
 * @param names - who is asked where a name leads
 */
export function openReach(networks: readonly string[], names: typeof askNames = askNames): Reach {
  const isOpen = addresses(OPEN);
  const isClosed = addresses(CLOSED);
  const isAllowed = addresses(networks);
  const may = (address: string): boolean =>
    isAllowed(address) || (isOpen(address) && !isClosed(address));
  const lookup: LookupFunction = (host, options, done) => {
    names(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, []);
      const reached = found.filter(({ address }) => may(address));
      const [first] = reached;
      if (first === undefined) return done(new ClosedNetworkError(host), []);
      return answer(done, options.all === true ? reached : first);
    });
  };
  const check = (host: string): void => {
    const address = bare(host);
    if (isIP(address) !== 0 && !may(address)) throw new ClosedNetworkError(address);
  };
  return {
    to: (host) => {
      check(host);
      return { host, lookup };
    },
    check,
    isNamed: (host) => isIP(bare(host)) !== 0 && isAllowed(bare(host)),
    lookup,
  };
}

/** An address of IPv6 stands in brackets in a URL. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function answer(done: Parameters<LookupFunction>[2], found: LookupAddress | LookupAddress[]): void {
  if (Array.isArray(found)) done(null, found);
  else done(null, found.address, found.family);
}

/** Whether an address stands in one of these networks, however it is written. */
function addresses(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const { address, bits } = partsOf(network);
    if (isIP(address) === 6) list.addSubnet(address, bits, 'ipv6');
    else {
      list.addSubnet(address, bits, 'ipv4');
      for (const before of AROUND_IPV4) {
        list.addSubnet(`${before}${address}`, AROUND_IPV4_BITS + bits, 'ipv6');
      }
    }
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function partsOf(network: string): { readonly address: string; readonly bits: number } {
  const [address = '', bits = ''] = network.split('/');
  return { address, bits: Number(bits) };
}

/**
 * Networks as the environment names them: `10.0.0.0/8,fd00::/8`. An address alone is itself.
 *
 * @throws OperatorError for one that is none
 */
export function readNetworks(text: string): readonly string[] {
  const names = text.split(',').map((one) => one.trim());
  return names.filter((one) => one !== '').map(readNetwork);
}

function readNetwork(text: string): string {
  const [address = '', ...rest] = text.split('/');
  const widest = isIP(address) === 6 ? 128 : 32;
  const [bits = String(widest)] = rest;
  const isNumber = /^\d{1,3}$/.test(bits) && Number(bits) <= widest;
  if (isIP(address) !== 0 && !address.includes('%') && isNumber && rest.length <= 1) {
    return `${address}/${bits}`;
  }
  throw new OperatorError(
    `BOKBRO_REACH has “${text}”, and must name networks such as 10.0.0.0/8,fd00::/8.`,
  );
}
