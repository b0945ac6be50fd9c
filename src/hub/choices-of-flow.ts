import type { FlowChoices } from '../domain/posting/choices.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import { present } from '../lib/assert.ts';
import type { Company, Flow } from '../store/registry.ts';

/** What a company has chosen for a flow that is stored. */
export function choicesOf(flow: Pick<Flow, 'id' | 'choices'>, company: Company): FlowChoices {
  const read = readFlowChoices(flow.choices, company);
  // Choices are checked before they are stored.
  return present('choices' in read ? read.choices : undefined, `the choices of flow ${flow.id}`);
}
