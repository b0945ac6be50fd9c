import type { TextsLike } from './texts-like.ts';
import type { svFlow } from './sv-flow.ts';

/** Flows and their choices. */
export const nbFlow: TextsLike<typeof svFlow> = {
  flow: {
    title: 'Flyter',
    text: 'Hvilke bilag som bokføres hvor, og hvordan.',
    none: 'Ingen flyt ennå. Koble til der bilag kommer fra og der de bokføres.',
    possible: 'Kan legges til',
    back: 'beskjed tilbake',
    add: 'Legg til',
    begin: 'Begynn å bokføre',
    how: 'Slik',
    mode: 'Godkjenning',
    review: 'gjennomgås',
    automatic: 'automatisk',
    reviewHelp: 'Gjennomgå: ingenting bokføres før det er godkjent',
    automaticHelp: 'Automatisk: det som kan bokføres, bokføres',
    fourEyes: 'To personer over',
    fourEyesHelp: 'Beløp i hele kroner. Tomt: én person er nok.',
    start: 'Startdag',
    startHelp: 'Bilag fra tidligere dager venter på deg.',
    own: 'Egne valg',
    choices: 'Valg',
    notInChart: 'finnes ikke i kontoplanen',
    noChart: 'Kontoplanen kan ikke leses akkurat nå.',
    tried: 'De siste ti bilagene, med disse valgene',
    nothingWritten: 'Ingenting skrives',
    nothingTried: 'Ingen bilag er kommet ennå som kan prøves.',
    awaiting_one: '{{count}} bilag venter på at en annen person bestemmer det samme.',
    awaiting_other: '{{count}} bilag venter på at en annen person bestemmer det samme.',
    firstEyes: 'godkjent av én',
    differ_zero: 'Ingenting av det bokførte ville blitt bokført annerledes.',
    differ_one: '{{count}} bokført ville blitt bokført annerledes.',
    differ_other: '{{count}} bokførte ville blitt bokført annerledes.',
  },
};
