import { SingleBar } from 'cli-progress';
import type { WholeProgress } from '../../hub/stock/compare-whole.ts';
import { goodsTexts } from '../../text/goods.ts';
import type { CliContext } from '../context.ts';

/** How far a comparison of everything has come, as it is shown. */
export type ShownProgress = {
  readonly told: (at: WholeProgress) => void;
  readonly end: () => void;
};

/** A bar on a terminal; elsewhere a line for each part, which a log file keeps. */
export function progressOf({ isTerminal, err, language }: CliContext): ShownProgress {
  const texts = goodsTexts(language);
  if (!isTerminal) {
    const told = ({ done, total, changes }: WholeProgress): void => {
      err(`${texts.progress(done, total, changes)}\n`);
    };
    return { told, end: () => undefined };
  }
  const bar = new SingleBar({
    format: texts.bar,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(0, 0, { changes: 0 });
  const told = ({ done, total, changes }: WholeProgress): void => {
    bar.setTotal(Math.max(done, total ?? 0));
    bar.update(done, { changes });
  };
  return { told, end: () => bar.stop() };
}
