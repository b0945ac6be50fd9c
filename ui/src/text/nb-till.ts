/** What a till gets back, and when it rests. */
export const nbTill = {
  balances: {
    title: 'Saldoer som sendes tilbake',
    ways: 'Veier tilbake',
    none: 'Ingen saldoer sendes tilbake til en kasse ennå.',
    noTill: 'Ingen kasse her tar imot hva kunder skylder.',
    where: 'Hvor',
    folder: 'Mappe på hubens maskin',
    http: 'Kassen henter over HTTP',
    httpHelp: 'Kassen kommer med en nøkkel for saldoer: Nøkler.',
    set: 'Send tilbake',
  },
  closed: {
    title: 'Stengte dager',
    text:
      'Dager da ingen rapport ventes. ' +
      'En ukedag da butikken aldri rapporterer, trenger ikke å skrives inn.',
    none: 'Ingen stengte dager er skrevet inn.',
    days: 'Dager',
    why: 'Grunn',
    everywhere: 'Overalt',
    store: 'butikk',
    till: 'kasse',
    since: 'fra {{day}} og inntil videre',
    add: 'Skriv inn',
    span: 'Hvor lenge',
    day: 'Én dag',
    period: 'En tid',
    on: 'Inntil videre',
    onlyStore: 'Bare butikk (nummer)',
    onlyTill: 'Bare kasse',
    onlyWeekdays: 'Bare disse ukedagene',
  },
  weekday: {
    mon: 'mandag',
    tue: 'tirsdag',
    wed: 'onsdag',
    thu: 'torsdag',
    fri: 'fredag',
    sat: 'lørdag',
    sun: 'søndag',
  },
};

/** What somebody has done about that. */
export const nbTillActs = {
  'schedule.set': 'Endret en plan',
  'schedule.remove': 'Fjernet en plan',
  'schedule.run': 'Kjørte en plan',
  'balances.put': 'Stilte inn hvor saldoer sendes',
  'balances.put-end': 'Sluttet å sende saldoer',
  'balances.serve': 'Lot saldoer hentes over HTTP',
  'balances.serve-end': 'Sluttet å la saldoer hentes',
  'closed.add': 'Skrev inn stengte dager',
  'closed.remove': 'Fjernet stengte dager',
};
