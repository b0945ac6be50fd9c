import type { Step } from '../domain/plan.ts';
import type { Notice } from '../domain/refusal.ts';
import type { PlanInput } from './plan-input.ts';

/**
 * Each file that came inside the document, attached under its own name.
 *
 * @param from - the number of the first one
 */
export function attachmentSteps(
  to: string,
  { attachments = [] }: Pick<PlanInput, 'attachments'>,
  from: number,
): Step[] {
  const files = attachments.filter((one) => one.kind === 'file');
  return files.map(({ name, number }, i) => {
    const ownName = name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
    const fileName = ownName === '' ? `file-${number}` : ownName;
    return { kind: 'attach-file', id: `file-${i + from}`, to, fileName, attachment: number };
  });
}

/** Files inside the document that are not taken. A person finds them in what was received. */
export function leftOut({ attachments = [] }: Pick<PlanInput, 'attachments'>): Notice[] {
  return attachments.flatMap((file): Notice[] => {
    if (file.kind === 'file') return [];
    return [{ code: 'attachment-left-out', name: file.name, why: file.why }];
  });
}
