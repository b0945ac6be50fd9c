import type { Bar } from './figure.ts';

/**
 * What other hubs reached with the same flow of four calls, and what we ask of ourselves. Theirs
 * were measured on two cores of another machine: they show the size of things.
 */
export const BARS = {
  documentsPerSecond: [
    { better: 'more', value: 185, of: 'the best hub that keeps what it took' },
    { better: 'more', value: 558, of: 'the best hub that keeps nothing' },
  ],
  hubCpuMs: [
    { better: 'less', value: 3.5, of: 'the best hub that keeps what it took' },
    { better: 'less', value: 1.9, of: 'the best hub that keeps nothing' },
  ],
  acknowledgeMs: [{ better: 'less', value: 50, of: 'our aim' }],
  startMs: [{ better: 'less', value: 1_500, of: 'our aim' }],
  idleMegabytes: [{ better: 'less', value: 150, of: 'our aim' }],
  limitedCalls: [{ better: 'less', value: 0, of: 'our aim' }],
  sharePercent: [{ better: 'more', value: 95, of: 'our aim' }],
} as const satisfies Readonly<Record<string, readonly Bar[]>>;
