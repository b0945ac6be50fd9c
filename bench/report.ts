import type { Noise } from './machine/noise.ts';
import { isReached, spreadOfFigure, type Figure, type Section } from './figure.ts';
import { showTable, type Column } from '../src/cli/table.ts';

/** Everything that a run has found. */
export type Report = {
  readonly at: string;
  readonly seconds: number;
  readonly isQuick: boolean;
  readonly noise: Noise;
  readonly sections: readonly Section[];
  /** Measurements that ended with an error. */
  readonly failed: readonly { readonly section: string; readonly says: string }[];
};

/** A report for programs: the figures with their medians. */
export function asObject(report: Report): unknown {
  const sections = report.sections.map((section) => ({
    ...section,
    figures: section.figures.map((figure) => ({ ...figure, ...spreadOfFigure(figure) })),
  }));
  return { ...report, sections };
}

const COLUMNS: readonly Column[] = [
  { head: 'figure' },
  { head: 'median', align: 'right' },
  { head: 'least – most', align: 'right' },
  { head: 'n', align: 'right' },
  { head: 'unit' },
  { head: 'to beat' },
];
const WRAP_COLUMNS = 110;

/** A report for people. */
export function asText(report: Report): string {
  const { noise, sections, failed } = report;
  const parts = sections.map((section) => {
    const how = section.how.map((line) => wrapped(line, '    ')).join('');
    return `\n${section.title}\n\n${showTable(COLUMNS, section.figures.map(row))}\n${how}`;
  });
  const failures = failed.map(({ section, says }) => `\nNOT MEASURED: ${section}: ${says}\n`);
  const quick = report.isQuick ? 'A quick run: too short to be quoted.\n' : '';
  const took = `${report.at}, ${(report.seconds / 60).toFixed(0)} minutes\n`;
  return `${quick}${took}${asNoise(noise)}${parts.join('')}${failures.join('')}\n${LEGEND}`;
}

const LEGEND =
  '✓ reached, ✗ not reached by the median. What is to beat of other hubs was measured with the same\n' +
  'flow on two cores of another machine: it shows the size of things.\n';

function asNoise(noise: Noise): string {
  const { calibrationMs: loop, diskSyncMs: sync } = noise;
  const load = (values: readonly number[]): string => values.map((one) => one.toFixed(2)).join(' ');
  const spread = (100 * (loop.max - loop.min)) / loop.median;
  const stolen = noise.stolenPercent === null ? 'not known' : `${number(noise.stolenPercent)} %`;
  return (
    `${noise.machine}\n` +
    `load average before ${load(noise.loadBefore)}, after ${load(noise.loadAfter)}; ` +
    `taken by the host: ${stolen}\n` +
    `calibration loop, ${loop.times} times: ${number(loop.median)} ms ` +
    `(${number(loop.min)} – ${number(loop.max)}, spread ${number(spread)} %)\n` +
    `8 kB to the disk: median ${number(sync.median)} ms, p99 ${number(sync.p99)} ms\n`
  );
}

function row(figure: Figure): string[] {
  const spread = spreadOfFigure(figure);
  if (spread === null)
    return [figure.name, `not measured: ${figure.missing ?? ''}`, '', '', '', ''];
  return [
    figure.name,
    number(spread.median),
    `${number(spread.min)} – ${number(spread.max)}`,
    String(figure.values.length),
    figure.unit,
    figure.bars
      .map((bar) => `${isReached(bar, spread.median) ? '✓' : '✗'} ${number(bar.value)}`)
      .join('  '),
  ];
}

/** Three digits that count, and all those before the point. */
function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WRAP_COLUMNS - indent.length) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${indent}${one}\n`).join('');
}
