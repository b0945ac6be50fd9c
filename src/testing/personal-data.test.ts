import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findPersonalData } from './personal-data.ts';

describe('findPersonalData', () => {
  // 811228-9874 and 191212121212 are the tax agency's own examples; 701063-2391 is a coordination
  // number (day 3 plus 60).
  for (const text of [
    'kund 811228-9874;5,00',
    '198112289874',
    '191212121212',
    '701063-2391',
    'anna.berg@telia.com',
    '070-123 45 67',
    '+46701234567',
  ]) {
    test(`sees a person in ${text}`, () => assert.equal(findPersonalData(text).length, 1));
  }

  for (const text of [
    '811228-9875',
    '559999-0016',
    'Z-000412;2026-05-02;125620,00',
    'ekonomi@example.se',
    'kassa@butik.example',
    '070-174 06 05',
    '1234;20260502;92310,50',
  ]) {
    test(`sees nobody in ${text}`, () => assert.deepEqual(findPersonalData(text), []));
  }
});
