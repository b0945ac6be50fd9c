import type { TextsLike } from './texts-like.ts';
import type { svFlow } from './sv-flow.ts';

/** Flows and their choices. */
export const enFlow: TextsLike<typeof svFlow> = {
  flow: {
    title: 'Flows',
    text: 'Which documents are booked where, and how.',
    none: 'No flow yet. Connect where documents come from and where they are booked.',
    possible: 'Can be added',
    back: 'news back',
    add: 'Add',
    begin: 'Begin to book',
    how: 'How',
    mode: 'Approval',
    review: 'reviewed',
    automatic: 'automatic',
    reviewHelp: 'Review: nothing is booked before it is approved',
    automaticHelp: 'Automatic: what can be booked is booked',
    fourEyes: 'Two people above',
    fourEyesHelp: 'Amount in whole units. Empty: one person is enough.',
    start: 'Start day',
    startHelp: 'Documents of earlier days wait for you.',
    own: 'Own choices',
    choices: 'Choices',
    notInChart: 'not in the chart',
    noChart: 'The chart of accounts cannot be read just now.',
    tried: 'The last ten documents, with these choices',
    nothingWritten: 'Nothing is written',
    nothingTried: 'No document has come yet that can be tried.',
    awaiting_one: '{{count}} document waits for another person to decide the same.',
    awaiting_other: '{{count}} documents wait for another person to decide the same.',
    firstEyes: 'approved by one',
    differ_zero: 'Nothing that is booked would have been booked otherwise.',
    differ_one: '{{count}} that is booked would have been booked otherwise.',
    differ_other: '{{count}} that are booked would have been booked otherwise.',
  },
};
