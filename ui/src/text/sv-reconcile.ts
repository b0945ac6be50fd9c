/** What is compared, and how it can differ. */
export const svReconcile = {
  different: {
    amount: 'Beloppen skiljer sig',
    'voucher-missing': 'Verifikationen finns inte i bokföringen',
    'voucher-differs': 'Verifikationen är en annan i bokföringen',
    'voucher-reversed': 'Verifikationen har vänts i bokföringen',
    'credit-unexplained': 'Kreditförsäljningen är inte förklarad',
    'statement-differs': 'Saldot är ett annat i bokföringen',
    'statement-gap': 'Händelser saknas mellan två utdrag',
    'clearing-unexplained': 'Avräkningskontot är inte förklarat',
    'payment-late': 'Betalningen har inte kommit från betalväxeln',
    'booked-twice': 'Står två gånger i bokföringen',
  },
  missing: {
    right: 'Det stämmer …',
    sayRight: 'Stämmer',
    whyRight: 'Skäl, till exempel nya priser',
    never: 'Kommer aldrig …',
    why: 'Skäl, till exempel stängt',
    dismiss: 'Vänta inte på den',
    expect: 'Vänta ändå',
    dismissed_one: '{{count}} väntas inte',
    dismissed_other: '{{count}} väntas inte',
  },
  grid: {
    title: 'Per dag, momssats och betalsätt',
    text:
      'Belopp enligt källan, debet plus och kredit minus. Är de lika på alla tre sidor ' +
      'står ett belopp; annars alla tre. Ett klick visar underlagen som beloppet består av.',
    sum: 'Summa',
    close: 'Stäng',
    unknown:
      'Avstämningen är för gammal för att säga vilka underlag beloppet består av: gör den igen.',
    evenButDecided: 'Lika sånär som på {{amount}} som en person har beslutat.',
    decided: 'beslutat',
    madeAt: 'Gjord {{time}}',
  },
};
