import { BAS } from '../../domain/chart/bas.ts';
import { forgetCoding, learntCoding } from '../../hub/learnt-coding.ts';
import type { Hub } from '../../hub/hub.ts';
import { encodeJson } from '../../lib/json.ts';
import { chooseCompany, chooseFlow, type FlowEnds } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { showTable } from '../table.ts';

/** Options of `flow coding`. */
export type CodingOptions = {
  readonly company?: string;
  readonly forget?: readonly string[];
  readonly json?: boolean;
};

/** Shows what a flow was taught about purchases, or takes some of it back. */
export async function flowCoding(
  context: CliContext,
  hub: Hub,
  asked: FlowEnds & { readonly options: CodingOptions },
): Promise<ExitCode> {
  const { options } = asked;
  const company = await chooseCompany(hub, options.company);
  const flow = await chooseFlow(hub, company, { ...asked, how: 'Name its source and target.' });
  if (options.forget !== undefined) {
    const unknown = await forgetCoding(hub, flow, options.forget);
    if (unknown.length > 0) {
      throw new CommandError(`The flow does not know ${unknown.join(', ')}: bokbro flow coding`);
    }
    context.out(`Forgotten: ${options.forget.join(', ')}. What is booked stays as it is.\n`);
    return 0;
  }
  const codes = await learntCoding(hub, company, flow);
  if (options.json === true) {
    context.out(`${encodeJson(codes, 2)}\n`);
    return 0;
  }
  if (codes.length === 0) {
    context.out('Nothing is learnt yet: bokbro held resolve NUMBER --code-as ACCOUNT --remember\n');
    return 0;
  }
  const columns = [{ head: 'code' }, { head: 'supplier' }, { head: 'account' }, { head: '' }];
  const rows = codes.map(({ code, account, supplier }) => {
    return [code, supplier ?? '', account, BAS.get(account)?.name ?? ''];
  });
  context.out(`${showTable(columns, rows)}\nTake one back: bokbro flow coding --forget CODE\n`);
  return 0;
}
