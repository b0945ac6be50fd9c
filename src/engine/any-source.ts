import type { FileSource, Problem, Reading } from '../ports/source.ts';

/**
 * Reads each file by the first of several sources that knows what it is.
 *
 * A file that none of them knows is rejected with what each of them expected.
 */
export function anySource(sources: readonly FileSource[]): FileSource {
  return {
    async *read(file, known) {
      const expected: Problem[] = [];
      for (const source of sources) {
        const readings = source.read(file, known)[Symbol.asyncIterator]();
        const first = await readings.next();
        const unknown = first.done === true ? null : notKnown(first.value);
        if (unknown !== null) {
          expected.push(...unknown);
          await readings.return?.();
          continue;
        }
        if (first.done !== true) yield first.value;
        yield* { [Symbol.asyncIterator]: () => readings };
        return;
      }
      yield { kind: 'rejected', problems: expected };
    },
  };
}

/** What was expected instead, when a reading says that the file is none of the source's. */
function notKnown(reading: Reading): readonly Problem[] | null {
  if (reading.kind !== 'rejected') return null;
  const isNotOurs = reading.problems.some((problem) => problem.code === 'format-unknown');
  return isNotOurs ? reading.problems : null;
}
