import '../skin/tokens.css';
import '../skin/controls.css';
import './display.css';
import type { Bridge } from '../../contract/channels.ts';
import type { CustomerView } from '../../contract/customer-display.ts';
import { formatMoney } from '../../contract/money.ts';
import type { QrDrawing } from '../../contract/qr-drawing.ts';
import { type Language, chosenLanguage } from '../../contract/language.ts';
import { localeOf } from '../../words/language.ts';
import { DISPLAY_WORDS } from '../../words/display.ts';

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Window {
    readonly display: Bridge<'display'>;
  }
}

const { display } = window;
const part = (id: string) => document.getElementById(id)!;
let drawn = false;

display.onView(draw);
void display.view().then((answer) => {
  // A push may have come first, and is then newer.
  if (answer.kind === 'ok' && !drawn) draw(answer.value);
});

/** Redraws the whole page, so that nothing of the last customer can stay. */
function draw({ sale, shop, isTest, currency, language: wanted, theme }: CustomerView): void {
  drawn = true;
  const language = chosenLanguage(wanted, navigator.languages);
  const words = DISPLAY_WORDS[language];
  document.documentElement.lang = language;
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.body.dataset['sale'] = sale.kind;
  const has = 'amountInCents' in sale;
  part('shop').textContent = shop ?? '';
  part('test').hidden = !isTest;
  part('test').textContent = words.test;
  part('word').textContent = words.word[sale.kind];
  part('amount').textContent = has ? formatMoney({ amountInCents: sale.amountInCents, currency }, localeOf(language, currency)) : '';
  part('description').textContent = has ? sale.description : '';
  drawTips('choices' in sale ? sale.choices.map(({ percent, amountInCents }) => [percent === null ? null : percentText(percent, language), formatMoney({ amountInCents, currency }, localeOf(language, currency))]) : []);
  drawCode('code' in sale ? sale.code : null);
  part('sentence').textContent = words.sentence[sale.kind];
}

/** The till's choices, in the same order. */
function drawTips(tips: readonly (readonly [percent: string | null, money: string])[]): void {
  part('choices').replaceChildren(
    ...tips.map(([percent, money]) => {
      const line = document.createElement('li');
      line.textContent = percent === null ? money : `${percent} · ${money}`;
      return line;
    }),
  );
}

function percentText(percent: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(percent / 100);
}

/** Black on white in every theme: a camera reads it. */
function drawCode(code: QrDrawing | null): void {
  const { size, path } = code ?? { size: 1, path: '' };
  part('code').toggleAttribute('hidden', code === null);
  part('code').setAttribute('viewBox', `0 0 ${size} ${size}`);
  part('code-white').setAttribute('d', code === null ? '' : `M0 0h${size}v${size}h-${size}z`);
  part('code-black').setAttribute('d', path);
}
