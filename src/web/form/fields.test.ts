import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import type { FieldTexts } from '../../ports/field-texts.ts';
import { formOf } from './fields.ts';

const bare = {
  ...{ label: '', help: '', isRequired: false, initial: null },
  ...{ options: [], pair: null, item: null, fields: [] },
};
/** Values that nobody has given another name. */
const asTheyAre = (...values: readonly string[]) =>
  values.map((value) => ({ value, label: value }));
const pair = { name: '', value: '', names: [] };

describe('formOf', () => {
  test('makes a field of each kind that a setting can be', () => {
    const schema = z.object({
      name: z.string().describe('What it is called'),
      days: z.int().default(14),
      attach: z.boolean().default(true),
      mode: z.enum(['ask', 'correct']).default('ask'),
      stores: z.array(z.string()).default([]),
      codes: z.record(z.string(), z.enum(['card', 'cash'])).default({}),
      rules: z.array(z.object({ code: z.string() })).default([]),
      departments: z.record(z.string(), z.object({ project: z.string() })).default({}),
      profiles: z.array(z.record(z.string(), z.unknown())).default([]),
    });
    const item = { ...bare, name: '', kind: 'group' };
    const code = { ...bare, name: 'code', label: 'Code', kind: 'text', isRequired: true };
    const project = { ...code, name: 'project', label: 'Project' };
    assert.deepEqual(formOf(schema, {}, 'en'), [
      {
        ...{ ...bare, name: 'name', label: 'Name', kind: 'text', isRequired: true },
        help: 'What it is called',
      },
      { ...bare, name: 'days', label: 'Days', kind: 'number', initial: 14 },
      { ...bare, name: 'attach', label: 'Attach', kind: 'switch', initial: true },
      {
        ...{ ...bare, name: 'mode', label: 'Mode', kind: 'choice', initial: 'ask' },
        options: asTheyAre('ask', 'correct'),
      },
      { ...bare, name: 'stores', label: 'Stores', kind: 'list', initial: [] },
      {
        ...{ ...bare, name: 'codes', label: 'Codes', kind: 'map', initial: {}, pair },
        options: asTheyAre('card', 'cash'),
      },
      {
        ...{ ...bare, name: 'rules', label: 'Rules', kind: 'rows', initial: [] },
        item: { ...item, fields: [code] },
      },
      {
        ...{ ...bare, name: 'departments', label: 'Departments', kind: 'named', initial: {}, pair },
        item: { ...item, fields: [project] },
      },
      { ...bare, name: 'profiles', label: 'Profiles', kind: 'files', initial: [] },
    ]);
  });

  test('takes null or an empty text beside something for nothing said', () => {
    const schema = z.object({
      limit: z.string().nullable().default(null),
      url: z.union([z.literal(''), z.url()]).default(''),
    });
    assert.deepEqual(formOf(schema, {}, 'en'), [
      { ...bare, name: 'limit', label: 'Limit', kind: 'text' },
      { ...bare, name: 'url', label: 'Url', kind: 'text', initial: '' },
    ]);
  });

  test('makes a form within the form of what is in one', () => {
    const schema = z.object({
      terms: z.object({ lines: z.enum(['one', 'groups']).default('groups') }).prefault({}),
    });
    const lines = { ...bare, name: 'lines', label: 'Lines', kind: 'choice', initial: 'groups' };
    assert.deepEqual(formOf(schema, {}, 'en'), [
      {
        ...{ ...bare, name: 'terms', label: 'Terms', kind: 'group', initial: {} },
        fields: [{ ...lines, options: asTheyAre('one', 'groups') }],
      },
    ]);
  });

  test('reads what is changed before it is checked as it is written', () => {
    const number = z.string().transform((text) => text.trim());
    const schema = z.object({ number: number.pipe(z.string().min(1)).default('') });
    // What counts when nothing is said is known only when it has been read.
    assert.deepEqual(formOf(schema, {}, 'en'), [
      { ...bare, name: 'number', label: 'Number', kind: 'text' },
    ]);
  });

  test('speaks the reader’s language, and English of the schema’s own', () => {
    const schema = z.object({
      login: z.enum(['header', 'query']).describe('How keys travel'),
      rates: z.record(z.enum(['se', 'no']), z.string()).describe('Rates by country'),
    });
    const countries = { se: { sv: 'Sverige', nb: 'Sverige', en: 'Sweden' }, no: 'NO' };
    const texts: FieldTexts = {
      login: {
        sv: ['Inloggning', 'Hur nycklar skickas'],
        nb: ['Innlogging', 'Hvordan nøkler sendes'],
        en: 'Login',
        options: { header: { sv: 'Huvud', nb: 'Hode', en: 'Header' }, query: 'query' },
      },
      rates: {
        sv: ['Satser', 'Efter land'],
        nb: ['Satser', 'Etter land'],
        en: 'Rates',
        ...{ name: { sv: 'Land', nb: 'Land', en: 'Country' }, names: countries },
        value: { sv: 'Moms', nb: 'Mva', en: 'VAT' },
      },
    };
    const said = (['sv', 'nb', 'en'] as const).map((language) => {
      const [login, rates] = formOf(schema, texts, language);
      return {
        login: [login?.label, login?.help, ...(login?.options.map(({ label }) => label) ?? [])],
        rates: [rates?.help, rates?.pair?.name, rates?.pair?.value],
        names: rates?.pair?.names,
      };
    });
    const no = { value: 'no', label: 'NO' };
    assert.deepEqual(said, [
      {
        login: ['Inloggning', 'Hur nycklar skickas', 'Huvud', 'query'],
        rates: ['Efter land', 'Land', 'Moms'],
        names: [{ value: 'se', label: 'Sverige' }, no],
      },
      {
        login: ['Innlogging', 'Hvordan nøkler sendes', 'Hode', 'query'],
        rates: ['Etter land', 'Land', 'Mva'],
        names: [{ value: 'se', label: 'Sverige' }, no],
      },
      {
        login: ['Login', 'How keys travel', 'Header', 'query'],
        rates: ['Rates by country', 'Country', 'VAT'],
        names: [{ value: 'se', label: 'Sweden' }, no],
      },
    ]);
  });

  test('refuses a setting that no field can hold', () => {
    const [anything, numbers] = [z.object({ any: z.unknown() }), z.object({ n: z.array(z.int()) })];
    assert.throws(() => formOf(anything, {}, 'en'), /no field of a form holds/);
    assert.throws(() => formOf(numbers, {}, 'en'), /no list of a form holds/);
  });
});
