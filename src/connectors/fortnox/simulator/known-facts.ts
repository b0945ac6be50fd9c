import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isFields, type Fields } from './wire/record.ts';

/**
 * The compilation of what is known about Fortnox, for tests. It is third-party data and no part of
 * the project: tests that need it are skipped where it is not there.
 */
const BESIDE_THE_PROJECT = new URL(
  '../../../../../shared/specs/fortnox.facts.json',
  import.meta.url,
);
const PLACE = process.env['FORTNOX_FACTS'] ?? fileURLToPath(BESIDE_THE_PROJECT);

/** False when the facts are there; otherwise why the tests are skipped. */
export const skip = existsSync(PLACE)
  ? false
  : 'there are no facts about Fortnox here: set FORTNOX_FACTS to the place of fortnox.facts.json';

export const facts: Fields = skip === false ? readFacts() : {};

function readFacts(): Fields {
  const parsed: unknown = JSON.parse(readFileSync(PLACE, 'utf8'));
  return isFields(parsed) ? parsed : {};
}

/** A part of the facts by its path; empty when there is none. */
export function factsAt(...path: readonly string[]): Fields {
  let value: Fields = facts;
  for (const name of path) {
    const next = value[name];
    value = isFields(next) ? next : {};
  }
  return value;
}

/** A list of texts. */
export function textsOf(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(String) : [];
}
