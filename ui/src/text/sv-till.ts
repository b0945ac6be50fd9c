/** What a till gets back, and when it rests. */
export const svTill = {
  balances: {
    title: 'Saldon som skickas tillbaka',
    ways: 'Vägar tillbaka',
    none: 'Inga saldon skickas tillbaka till en kassa än.',
    noTill: 'Ingen kassa här tar emot vad kunder är skyldiga.',
    where: 'Vart',
    folder: 'Mapp på hubbens dator',
    http: 'Kassan hämtar över HTTP',
    httpHelp: 'Kassan kommer med en nyckel för saldon: Nycklar.',
    set: 'Skicka tillbaka',
  },
  closed: {
    title: 'Stängda dagar',
    text:
      'Dagar då ingen rapport väntas. ' +
      'En veckodag då butiken aldrig rapporterar behöver inte skrivas in.',
    none: 'Inga stängda dagar är inskrivna.',
    days: 'Dagar',
    why: 'Skäl',
    everywhere: 'Överallt',
    store: 'butik',
    till: 'kassa',
    since: 'från {{day}} och tills vidare',
    add: 'Skriv in',
    span: 'Hur länge',
    day: 'En dag',
    period: 'En tid',
    on: 'Tills vidare',
    onlyStore: 'Bara butik (nummer)',
    onlyTill: 'Bara kassa',
    onlyWeekdays: 'Bara dessa veckodagar',
  },
  weekday: {
    mon: 'måndag',
    tue: 'tisdag',
    wed: 'onsdag',
    thu: 'torsdag',
    fri: 'fredag',
    sat: 'lördag',
    sun: 'söndag',
  },
};

/** What somebody has done about that. */
export const svTillActs = {
  'schedule.set': 'Ändrade ett schema',
  'schedule.remove': 'Tog bort ett schema',
  'schedule.run': 'Körde ett schema',
  'balances.put': 'Ställde in vart saldon skickas',
  'balances.put-end': 'Slutade skicka saldon',
  'balances.serve': 'Lät saldon hämtas över HTTP',
  'balances.serve-end': 'Slutade låta saldon hämtas',
  'closed.add': 'Skrev in stängda dagar',
  'closed.remove': 'Tog bort stängda dagar',
};
