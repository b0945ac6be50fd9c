import { createServer, type IncomingMessage } from 'node:http';
import type { Address, Project } from './quote/project.ts';

/** What somebody who listens has received. */
export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly body: unknown;
};

/** Who listens where quotes are posted, and answers as a test says. */
export type Ear = {
  readonly url: string;
  readonly heard: Heard[];
  /** The answers to come, in turn; the last one stays. */
  answers: { readonly status: number; readonly body: unknown }[];
  stop(): Promise<void>;
};

export async function startEar(): Promise<Ear> {
  const heard: Heard[] = [];
  const ear: { answers: Ear['answers'] } = { answers: [] };
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      heard.push(one);
      const answer = ear.answers.length > 1 ? ear.answers.shift() : ear.answers[0];
      response.writeHead(answer?.status ?? 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer?.body ?? null));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(ear, {
    url: `http://127.0.0.1:${port}/v1/ingest/quotes`,
    heard,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}

async function read(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { 'idempotency-key': idempotencyKey } = request.headers;
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    key: request.headers.authorization,
    idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : undefined,
    body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
  };
}

const LYNGVEIEN: Address = {
  line1: 'Lyngveien 4',
  postalCode: '4020',
  city: 'Stavanger',
  country: 'NO',
};

/** The kitchen of the fixtures: 20 % when it is ordered, 80 % when it is delivered. */
export const KITCHEN: Project = {
  number: '24017',
  name: 'Kjøkken Hansen, Lyngveien 4',
  salesperson: 'Kari N.',
  designer: 'Per D.',
  customer: {
    number: '10552',
    type: 'private',
    name: 'Ola Hansen',
    email: 'ola.hansen@example.no',
    phone: '+4790000000',
    address: LYNGVEIEN,
    deliveryAddress: LYNGVEIEN,
  },
  alternatives: [
    { number: 1, groups: [{ code: 'KJO', name: 'Billigere', gross: '100000.00', vatRate: 25 }] },
    {
      number: 3,
      groups: [
        { code: 'KJO', name: 'Kjøkkeninnredning', gross: '122500.00', vatRate: 25 },
        { code: 'BEN', name: 'Benkeplater', gross: '28000.00', vatRate: 25 },
        { code: 'HVI', name: 'Hvitevarer', gross: '39062.50', vatRate: 25 },
        { code: 'MON', name: 'Montering', gross: '22937.50', vatRate: 25 },
      ],
      calendar: [
        {
          type: 'prepayment',
          label: 'Forskudd ved bestilling',
          basis: 'percent',
          percent: '20',
          dueDate: '2026-05-15',
          dueRule: 'on_contract',
        },
        {
          type: 'final',
          label: 'Ved levering',
          basis: 'percent',
          percent: '80',
          dueDate: '2026-08-20',
          dueRule: 'on_delivery',
        },
      ],
    },
  ],
};

/** A bathroom in three parts that do not come out even. */
export const BATHROOM: Project = {
  number: '24031',
  name: 'Bad Berg',
  customer: {
    number: null,
    type: 'company',
    name: 'Berg Eiendom AS',
    orgNo: '999999999',
    email: 'post@berg.example',
  },
  alternatives: [
    {
      number: 1,
      groups: [{ code: 'BAD', name: 'Baderomsinnredning', gross: '99999.99', vatRate: 25 }],
      calendar: [
        { type: 'prepayment', basis: 'percent', percent: '33.33' },
        { type: 'partial', basis: 'percent', percent: '33.33' },
        { type: 'final', basis: 'percent', percent: '33.34' },
      ],
    },
  ],
};

/** A kitchen whose installation is asked for in a line of its own, as Winner Bizz can. */
export const INSTALLED: Project = {
  number: '24044',
  name: 'Kjøkken Lie',
  customer: { number: '10601', type: 'private', name: 'Anne Lie', email: 'anne@example.no' },
  alternatives: [
    {
      number: 2,
      groups: [
        { code: 'KJO', name: 'Kjøkkeninnredning', gross: '100000.00', vatRate: 25 },
        { code: 'MON', name: 'Montering', gross: '20000.00', vatRate: 25, isInstallation: true },
      ],
      calendar: [
        { type: 'prepayment', basis: 'percent', percent: '50' },
        { type: 'partial', basis: 'percent', percent: '50' },
        { type: 'installation', basis: 'installation' },
      ],
    },
  ],
};
