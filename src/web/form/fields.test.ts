import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { formOf } from './fields.ts';

const bare = { help: '', isRequired: false, initial: null, options: [], fields: [] };

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
    });
    assert.deepEqual(formOf(schema), [
      { ...bare, name: 'name', kind: 'text', help: 'What it is called', isRequired: true },
      { ...bare, name: 'days', kind: 'number', initial: 14 },
      { ...bare, name: 'attach', kind: 'switch', initial: true },
      { ...bare, name: 'mode', kind: 'choice', initial: 'ask', options: ['ask', 'correct'] },
      { ...bare, name: 'stores', kind: 'list', initial: [] },
      { ...bare, name: 'codes', kind: 'map', initial: {}, options: ['card', 'cash'] },
      { ...bare, name: 'rules', kind: 'json', initial: [] },
    ]);
  });

  test('takes null or an empty text beside something for nothing said', () => {
    const schema = z.object({
      limit: z.string().nullable().default(null),
      url: z.union([z.literal(''), z.url()]).default(''),
    });
    assert.deepEqual(formOf(schema), [
      { ...bare, name: 'limit', kind: 'text' },
      { ...bare, name: 'url', kind: 'text', initial: '' },
    ]);
  });

  test('makes a form within the form of what is in one', () => {
    const schema = z.object({
      terms: z.object({ lines: z.enum(['one', 'groups']).default('groups') }).prefault({}),
    });
    const lines = { ...bare, name: 'lines', kind: 'choice', initial: 'groups' };
    assert.deepEqual(formOf(schema), [
      {
        ...{ ...bare, name: 'terms', kind: 'group', initial: {} },
        fields: [{ ...lines, options: ['one', 'groups'] }],
      },
    ]);
  });

  test('reads what is changed before it is checked as it is written', () => {
    const number = z.string().transform((text) => text.trim());
    const schema = z.object({ number: number.pipe(z.string().min(1)).default('') });
    // What counts when nothing is said is known only when it has been read.
    assert.deepEqual(formOf(schema), [{ ...bare, name: 'number', kind: 'text' }]);
  });
});
