import type { Money } from '../domain/money.ts';
import { showAmount } from './amounts.ts';
import type { SaleReasonTexts } from './sale-reason-texts.ts';
import { either } from './surface.ts';

const kr = (amount: Money): string => showAmount(amount, 'sv');

const UNTIL = { accepted: 'godtagen', paid: 'betald', shipped: 'slutförd' } as const;

export const saleReasonsSv: SaleReasonTexts = {
  'order-waits': (r) =>
    `Den är ”${r.status}” och bokförs när den är ${UNTIL[r.until]}, enligt valet för ` +
    `${method(r.method)} (bookWhen: ${r.until}). ${either('bokbro sync --order', 'Bokför nu')} ` +
    'bokför den nu.',
  'order-waits-for-you': (r) =>
    `Order som betalas med ${method(r.method)} bokförs för hand (bookWhen): ` +
    `${either(`bokbro sync --order ${r.order}`, 'Bokför nu')}.`,
  'order-state-unknown': (r) =>
    `Ingen har sagt var en order står som är ”${r.status}”. Den väntar; säg det i butikens ` +
    `inställningar (states), till exempel ${r.status} → accepted.`,
  'refund-waits-for-order': (r) =>
    `Order ${r.order} är inte bokförd. Det som återbetalats av den bokförs när den är det.`,
  'day-not-over': (r) =>
    `Den delar verifikat med dagens andra order, ${r.day}, och bokförs när dagen är slut.`,
  'order-not-placed': (r) => `Den är ”${r.status}”: ingen har lagt den ännu. Inget bokförs.`,
  'order-cancelled': (r) => `Den är ”${r.status}” i butiken. Inget bokförs.`,
  'refund-withdrawn': (r) =>
    `Butiken har tagit tillbaka det den gav tillbaka av order ${r.order}. Inget bokförs.`,
  'method-not-booked': (r) =>
    `Order som betalas med ${method(r.method)} bokförs inte, enligt valet (bookWhen).`,
  'order-left-out': ({ as, found }) => {
    if (as === 'sub-orders') {
      return `Den är en del av order ${found}, som har samma varor (leaveOut).`;
    }
    if (as === 'zero-total') return 'Den är på 0 kr: det finns inget att bokföra (leaveOut).';
    return `Order som kommer via ”${found}” bokförs inte, enligt valet (leaveOutVia).`;
  },
  'booked-elsewhere': (r) =>
    `Ett annat program har bokfört den förut: ${r.by}${r.number === '' ? '' : ` = ${r.number}`}. ` +
    `${either('bokbro sync --order', 'Bokför nu')} bokför den ändå; bookedElsewhere=book gör det ` +
    'för alla.',
  'buyer-number-missing': (r) =>
    `”${r.line}” (${kr(r.net)}) säljs med omvänd betalningsskyldighet, och ordern har varken ` +
    'momsregistreringsnummer eller organisationsnummer för köparen. Lägg till det i butiken.',
  'margin-cost-missing': (r) =>
    `”${r.line}” (${kr(r.price)}) säljs med vinstmarginalbeskattning, och inget säger vad ` +
    'den kostade. Bokför den för hand, eller ta bort artikeln ur saleSchemes.',
  'single-card-rate-unclear': (r) =>
    `${kr(r.amount)} betalas med ${r.method}, vars moms redovisades när det såldes, och ordern ` +
    'har mer än en momssats: vad kortet betalar är inte känt. Bokför den för hand.',
  'order-unchanged': (r) =>
    `Den är bokförd som ${r.bookedAs}, och inget av det har ändrats sedan dess.`,
  'order-revised': (r) =>
    `Ordern är bokförd som ${r.bookedAs} med ${kr(r.before)}, och är nu ${kr(r.after)} i ` +
    `butiken, differens ${kr(r.difference)}. Rätta (återför och bokför på nytt), eller hoppa ` +
    'över ändringen.',
  'order-cancelled-booked': (r) =>
    `Ordern är bokförd som ${r.bookedAs} med ${kr(r.amount)}, och är nu ”${r.status}” i butiken: ` +
    '0,00. Rätta (återför det som är bokfört), eller hoppa över om den har återbetalats ' +
    'i stället.',
};

function method(name: string): string {
  return name === '' ? 'inget betalsätt' : name;
}
