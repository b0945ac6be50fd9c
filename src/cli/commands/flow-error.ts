import type { Language } from '../../domain/posting/words.ts';
import type { FlowFault } from '../../hub/set-up-flow.ts';
import type { Connection } from '../../store/registry.ts';
import { describeArticleTrouble } from '../../text/articles.ts';
import { describeStockTrouble } from '../../text/stock.ts';
import { CommandError } from '../context.ts';

/** Why a flow cannot be added, and what to do. */
export function flowError(
  fault: FlowFault,
  of: {
    readonly source: Connection;
    readonly target: Connection;
    readonly language: Language;
  },
): CommandError {
  const { source, target, language } = of;
  switch (fault.kind) {
    case 'stock':
      return new CommandError(describeStockTrouble(fault.trouble, language));
    case 'articles':
      return new CommandError(describeArticleTrouble(fault.trouble, language, 'terminal'));
    case 'takes-nothing':
      return new CommandError(`${target.name} takes nothing that ${source.name} gives.`);
    case 'nothing-to-tell': {
      const first = `bokbro flow add ${target.name} ${source.name}`;
      return new CommandError(`Nothing goes from ${target.name} to ${source.name} yet: ${first}`);
    }
    case 'cannot-be-told': {
      const says = `So nothing is told to ${target.name}: give it keys that may write`;
      return new CommandError(`${fault.says} ${says}, by bokbro connect ${target.connector}.`);
    }
  }
}
