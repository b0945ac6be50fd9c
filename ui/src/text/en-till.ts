/** What a till gets back, and when it rests. */
export const enTill = {
  balances: {
    title: 'Balances sent back',
    ways: 'Ways back',
    none: 'No balances are sent back to a till yet.',
    noTill: 'No till here takes what customers owe.',
    where: 'Where',
    folder: 'Folder on the hub’s machine',
    http: 'The till fetches over HTTP',
    httpHelp: 'The till comes with a key for balances: Keys.',
    set: 'Send back',
  },
  closed: {
    title: 'Closed days',
    text:
      'Days on which no report is expected. ' +
      'A weekday on which a store never reports need not be entered.',
    none: 'No closed days are entered.',
    days: 'Days',
    why: 'Reason',
    everywhere: 'Everywhere',
    store: 'store',
    till: 'till',
    since: 'from {{day}} on',
    add: 'Enter',
    span: 'How long',
    day: 'One day',
    period: 'A time',
    on: 'Until further notice',
    onlyStore: 'Only store (number)',
    onlyTill: 'Only till',
    onlyWeekdays: 'Only these weekdays',
  },
  weekday: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
};

/** What somebody has done about that. */
export const enTillActs = {
  'schedule.set': 'Changed a schedule',
  'schedule.remove': 'Removed a schedule',
  'schedule.run': 'Ran a schedule',
  'balances.put': 'Set where balances are sent',
  'balances.put-end': 'Ended sending balances',
  'balances.serve': 'Let balances be fetched over HTTP',
  'balances.serve-end': 'Ended letting balances be fetched',
  'closed.add': 'Entered closed days',
  'closed.remove': 'Removed closed days',
};
