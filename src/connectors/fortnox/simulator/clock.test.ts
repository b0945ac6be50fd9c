import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startSwedishClock, swedishInstantMs } from './clock.ts';

describe('startSwedishClock', () => {
  test('stands still between two advances when it is frozen', () => {
    const clock = startSwedishClock({ kind: 'frozen', atMs: 1_000 });
    const acted: number[] = [];
    clock.after(20, () => acted.push(clock.nowMs()));
    clock.after(10, () => acted.push(clock.nowMs()));
    clock.advance(9);
    assert.deepEqual([acted, clock.nowMs()], [[], 1_009]);
    clock.moveTo(1_050);
    assert.deepEqual(acted, [1_050, 1_050]);
  });

  test('knows the Swedish day, in winter and in summer', () => {
    const clock = startSwedishClock({ kind: 'frozen', atMs: Date.UTC(2025, 0, 31, 22, 59, 59) });
    assert.equal(clock.today(), '2025-01-31');
    clock.advance(1_000);
    assert.equal(clock.today(), '2025-02-01');
    clock.moveTo(Date.UTC(2025, 5, 30, 22));
    assert.equal(clock.today(), '2025-07-01');
  });

  test('shows the time of a clock that it is given, and waits for it', async () => {
    let hubMs = 5_000;
    const clock = startSwedishClock({ kind: 'given', nowMs: () => hubMs });
    let isOver = false;
    clock.after(100, () => (isOver = true));
    await wait(20);
    assert.deepEqual([clock.nowMs(), isOver], [5_000, false]);
    hubMs = 5_100;
    for (let tries = 0; !isOver && tries < 200; tries += 1) await wait(5);
    assert.ok(isOver);
  });

  test('goes with real time when it runs', async () => {
    const clock = startSwedishClock({ kind: 'running', atMs: 0 });
    await new Promise<void>((resolve) => clock.after(5, resolve));
    assert.ok(clock.nowMs() >= 5);
    clock.stop();
  });
});

describe('swedishInstantMs', () => {
  test('reads days and minutes in Swedish time', () => {
    assert.equal(swedishInstantMs('2025-05-14 12:30'), Date.UTC(2025, 4, 14, 10, 30));
    assert.equal(swedishInstantMs('2025-01-01'), Date.UTC(2024, 11, 31, 23));
    assert.equal(swedishInstantMs('2025-13-01'), null);
    assert.equal(swedishInstantMs('igår'), null);
  });
});
