import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsOfQuality } from './quality.ts';

function quality(level: string, states: readonly string[]): string {
  const [suite, settings, readme, back, reconcile, errors, real] = states;
  return `**Level: ${level}.**

| Rule | State | Why |
| ---- | ----- | --- |
| **Bronze** | | |
| Contract suite green | ${suite} | |
| Settings describe themselves | ${settings} | |
| README | ${readme} | |
| **Silver** | | |
| Carry-back | ${back} | soon |
| Reconcile | ${reconcile} | a source |
| Every documented error mapped | ${errors} | |
| **Gold** | | |
| Verified against the real system | ${real} | needs an account |
`;
}

const BRONZE = ['done', 'done', 'done', 'todo', 'exempt', 'done', 'todo'];

describe('problemsOfQuality', () => {
  test('finds nothing wrong with a level that its rules come to', () => {
    assert.deepEqual(problemsOfQuality(quality('bronze', BRONZE)), []);
    assert.deepEqual(problemsOfQuality(quality('none', ['todo: soon', ...BRONZE.slice(1)])), []);
    assert.deepEqual(problemsOfQuality(quality('gold', Array(7).fill('done'))), []);
  });

  test('sees a level that is too high or too low', () => {
    assert.deepEqual(problemsOfQuality(quality('silver', BRONZE)), [
      'it says silver, and its rules come to bronze',
    ]);
    assert.deepEqual(problemsOfQuality(quality('none', BRONZE)), [
      'it says none, and its rules come to bronze',
    ]);
  });

  test('sees what is exempt without a reason, and a state of its own making', () => {
    const some = ['exempt', 'nearly', ...BRONZE.slice(2)];
    assert.deepEqual(problemsOfQuality(quality('bronze', some)), [
      '"Contract suite green" is exempt: why?',
      'the rule "Settings describe themselves" is neither done, todo nor exempt: nearly',
      'bronze has no rule about settings',
    ]);
  });

  test('sees a file that states nothing', () => {
    assert.match(problemsOfQuality('# Quality')[0] ?? '', /states no level/);
  });
});
