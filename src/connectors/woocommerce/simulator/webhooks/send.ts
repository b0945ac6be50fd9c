import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A POST of the shop's own, to somewhere outside. */
export type Sending = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** WordPress gives up after a minute. */
const PATIENCE_MS = 60_000;

/** Sends it, and follows no redirect. @returns the status; 0 when there was no answer */
export function send({ url, headers, body }: Sending): Promise<number> {
  return new Promise((resolve) => {
    const give = url.startsWith('https:') ? httpsRequest : httpRequest;
    const options = {
      method: 'POST',
      headers: { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) },
      timeout: PATIENCE_MS,
    };
    const going = give(url, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    going.on('timeout', () => going.destroy());
    // Whatever went wrong, to the shop it is a delivery that failed.
    going.on('error', () => resolve(0));
    going.end(body);
  });
}

const PORTS = new Set(['', '80', '443', '8080']);

/** Whether WordPress would send there: not to private addresses, and to few ports. */
export function isPublic(url: string): boolean {
  const { hostname, port } = new URL(url);
  const isPrivate =
    hostname === 'localhost' ||
    /^(127|10|0)\./.test(hostname) ||
    hostname.startsWith('192.168.') ||
    /^172\.(1[6-9]|2\d|3[01])\./.test(hostname);
  return PORTS.has(port) && !isPrivate;
}
