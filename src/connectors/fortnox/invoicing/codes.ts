import type { InvoiceProject } from '../../../domain/document/sales-invoice.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { stableJson } from '../../../lib/json.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { saidBy } from '../register-writes.ts';
import { fitText } from '../text.ts';

/** Longest texts, from the API description. */
const PROJECT_NAME_MAX = 50;
const NAME_MAX = 100;

/** How long codes may be that are made in Fortnox. */
export const NEW_CODES = { costCentre: 6, project: 20 } as const;

/** Registers of little more than a code and what it stands for. */
const REGISTERS = {
  'cost-centre': { path: '/3/costcenters', envelope: 'CostCenter', code: 'Code' },
  project: { path: '/3/projects', envelope: 'Project', code: 'ProjectNumber' },
  terms: { path: '/3/termsofpayments', envelope: 'TermsOfPayment', code: 'Code' },
  unit: { path: '/3/units', envelope: 'Unit', code: 'Code' },
} as const;

type CodeInput = {
  readonly invoicing: 'code';
  readonly register: keyof typeof REGISTERS;
  readonly code: string;
  /** What it is made with, beside its code. */
  readonly made: Readonly<Record<string, string>>;
  /** What of that is written over what stands there. */
  readonly kept: Readonly<Record<string, string>>;
};

export function costCentreWrite(id: string, of: { readonly code: string; readonly name: string }) {
  const Description = fitText(of.name || of.code, NAME_MAX).text;
  return codeWrite(id, { register: 'cost-centre', code: of.code, made: { Description }, kept: {} });
}

/** `follows`: its name and first day are kept as the source tells them. */
export function projectWrite(id: string, project: InvoiceProject, follows: boolean): Write {
  const { number: code, name, startsOn } = project;
  const told = {
    ...(name === '' ? {} : { Description: fitText(name, PROJECT_NAME_MAX).text }),
    ...(startsOn === null ? {} : { StartDate: startsOn }),
  };
  const made = { Description: fitText(code, PROJECT_NAME_MAX).text, ...told };
  return codeWrite(id, { register: 'project', code, made, kept: follows ? told : {} });
}

/** Terms of so many days. Other terms are the ledger's own, and none are made. */
export function termsWrite(id: string, days: string): Write {
  const made = { Description: `${days} dagar` };
  return codeWrite(id, { register: 'terms', code: days, made, kept: {} });
}

export function unitWrite(id: string, code: string): Write {
  return codeWrite(id, { register: 'unit', code, made: { Description: code }, kept: {} });
}

function codeWrite(id: string, of: Omit<CodeInput, 'invoicing'>): Write {
  const input: CodeInput = { invoicing: 'code', ...of };
  return { id, call: `POST ${REGISTERS[of.register].path}`, input };
}

/** By what it is known once it is made sure of. */
export function codeLink(write: Write): string {
  const { register, code } = inputOf(write);
  return `${register} ${code}`;
}

/** Whether what is known of it says what the source says now. */
export function codeStands(write: Write, { data }: Remote): boolean {
  const { kept } = inputOf(write);
  if (Object.keys(kept).length === 0) return true;
  return isRecord(data) && stableJson(data['kept'] ?? null) === stableJson(kept);
}

export const CODE: Handler = { make: makeCode, find: findCode };

async function makeCode(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  const { register, code, made, kept } = inputOf(write);
  const { path, envelope, code: field } = REGISTERS[register];
  const there = await readCode(client, write);
  const changes = Object.entries(kept).filter(
    ([name, value]) => textOf(there ?? {}, name) !== value,
  );
  if (there !== null && changes.length === 0) return done(write);
  const answer = await client.change(
    there === null
      ? { method: 'POST', path, body: bodyOf(envelope, { [field]: code, ...made }) }
      : {
          method: 'PUT',
          path: `${path}/${encodeURIComponent(code)}`,
          body: bodyOf(envelope, Object.fromEntries(changes)),
        },
  );
  if (answer.kind === 'ok') return done(write);
  // “The code is used already”: by somebody who was faster.
  if (there === null && (await readCode(client, write)) !== null) return done(write);
  const refusals = answer.kind === 'refused' ? answer.refusals : [saidBy(answer.error)];
  return { kind: 'refused', refusals };
}

/** Found is one that says what was to be written. */
async function findCode(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { kept } = inputOf(write);
  const there = await readCode(client, write);
  if (there === null) return [];
  const isSame = Object.entries(kept).every(([name, value]) => textOf(there, name) === value);
  return isSame ? [done(write)] : [];
}

async function readCode(client: FortnoxClient, write: Write): Promise<WireObject | null> {
  const { register, code } = inputOf(write);
  const { path, envelope } = REGISTERS[register];
  const body = await client.get(`${path}/${encodeURIComponent(code)}`);
  const object = body?.[envelope];
  return isRecord(object) ? object : null;
}

/** Its code alone: the delivery goes by the number of its invoice. */
function done(write: Write) {
  const { code, kept } = inputOf(write);
  const remote = { id: code, label: '', data: { kept } };
  return { kind: 'done', remote, differences: [] } as const;
}

function bodyOf(envelope: string, fields: WireObject): string {
  return JSON.stringify({ [envelope]: fields });
}

function inputOf({ input }: Write): CodeInput {
  return input as CodeInput; // Made by `codeWrite`.
}
