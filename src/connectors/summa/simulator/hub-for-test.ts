import { createServer, type IncomingMessage } from 'node:http';
import type { JobSeed } from './desk.ts';

/** What somebody who listens has received. */
export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly body: unknown;
};

/** Who listens where invoices are posted, and answers as a test says. */
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
    url: `http://127.0.0.1:${port}/v1/ingest/invoices`,
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

/** The job of the fixtures: a brochure at 6 %, cards and freight at 25 %. */
export const CATALOGUE: JobSeed = {
  orderNo: '24117',
  ourReference: 'Maria Ek',
  yourReference: 'Inköp / 44018',
  buyerOrderNo: 'PO-7781',
  customer: {
    number: '1203',
    name: 'Förlaget Exempel AB',
    orgNo: '5599990024',
    email: 'faktura@forlaget.example',
    address: { line1: 'Tryckargatan 4', postalCode: '41102', city: 'Göteborg', country: 'SE' },
    country: 'SE',
    delivery: 'email',
  },
  project: {
    number: 'P2026-017',
    name: 'Vårkatalog 2026',
    startDate: '2026-02-01',
    status: 'ongoing',
  },
  lines: [
    {
      text: 'Broschyr 32 s A5, 5 000 ex',
      quantity: '5000',
      unit: 'st',
      unitPrice: '3.69',
      vatRate: 6,
      account: '3003',
      costCentre: { code: 'OFFSET', name: 'Offset' },
    },
    {
      text: 'Visitkort 4+4, 8 namn',
      quantity: '8',
      unit: 'st',
      unitPrice: '300',
      vatRate: 25,
      account: '3001',
      costCentre: { code: 'DIGITAL', name: 'Digitaltryck' },
    },
    {
      text: 'Frakt',
      quantity: '1',
      unit: 'st',
      unitPrice: '350',
      vatRate: 25,
      account: '3520',
      costCentre: { code: 'OFFSET' },
    },
  ],
  attachments: [
    {
      filename: 'produktspec-24117.pdf',
      mediaType: 'application/pdf',
      contentBase64: 'JVBERi0xLjQK',
    },
  ],
};

/** An agency's job with a part payment before it. */
export const ANNUAL_REPORT: JobSeed = {
  orderNo: '24200',
  paymentTerms: '20',
  customer: { number: '1310', name: 'Byrå & Form HB', orgNo: '5599990032', country: 'SE' },
  project: { number: 'P2026-031', name: 'Årsredovisning' },
  lines: [
    {
      text: 'Årsredovisning, formgivning',
      quantity: '1',
      unit: 'st',
      unitPrice: '30000.00',
      vatRate: 25,
      account: '3041',
      costCentre: { code: 'BYRA' },
    },
  ],
};
