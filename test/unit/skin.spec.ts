import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const renderer = join(import.meta.dirname, '../../renderer');
const TOKENS = 'skin/tokens.css';
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(sep).join('/'))
  .filter((name) => name.endsWith('.css'));
const read = (name: string) => readFileSync(join(renderer, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//gu, '');
const declarations = (css: string) => [...css.matchAll(/(?<=[{;]\s*)(?<property>[\w-]+)\s*:\s*(?<value>[^;{}]+)(?=[;}])/gu)].map(({ groups }) => ({ property: groups!['property']!, value: groups!['value']!.trim() }));

const PHYSICAL = /^(?:(?:margin|padding|border)-(?:left|right|top|bottom).*|left|right|top|bottom|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius|float|clear)$/u;
const RAW_COLOUR = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(|\b(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|Canvas|Highlight|ButtonFace|ButtonText|GrayText)\b/iu;
const RAW_SIZE = /(?<![\w-])-?(?:\d*\.)?\d+(?:px|pt|cm|mm|in|rem|ms|s)\b/u;

describe('the skin of all screens', () => {
  test('the till, the manager’s side and the page with the form have style sheets', () => {
    expect(sheets).toEqual(expect.arrayContaining([TOKENS, 'skin/controls.css', 'till/till.css', 'till/manager/manager.css', 'checkout/checkout.css']));
  });

  test.each(sheets.filter((name) => name !== TOKENS))('%s takes every colour and every size from the tokens', (name) => {
    const raw = declarations(read(name)).filter(({ value }) => RAW_COLOUR.test(value) || (RAW_SIZE.test(value) && value !== '0s'));
    expect(raw).toEqual([]);
  });

  test.each(sheets)('%s uses no left and no right: it can be mirrored', (name) => {
    const physical = declarations(read(name)).filter(({ property, value }) => PHYSICAL.test(property) || (property === 'text-align' && /left|right/u.test(value)));
    expect(physical).toEqual([]);
  });

  test.each(sheets)('%s names only existing tokens', (name) => {
    const known = new Set(sheets.flatMap((each) => [...read(each).matchAll(/(?<name>--[\w-]+)\s*:/gu)].map(({ groups }) => groups!['name'])));
    const unknown = [...read(name).matchAll(/var\((?<name>--[\w-]+)/gu)].map(({ groups }) => groups!['name']!).filter((token) => !known.has(token) && !SET_BY_REACT_ARIA.has(token));
    expect(unknown).toEqual([]);
  });

  test('a soft background always has an edge too, for forced colours', () => {
    const rules = sheets.flatMap((name) => [...read(name).matchAll(/(?<selectors>[^{};]+)\{(?<body>[^{}]*)\}/gu)].flatMap(({ groups }) => groups!['selectors']!.split(',').map((selector) => ({ place: `${name}: ${selector.trim()}`, body: groups!['body']! }))));
    const grounds = rules.filter(({ body }) => /background: var\(--[\w-]+-soft\)/u.test(body)).map(({ place }) => place);
    expect(grounds.length).toBeGreaterThan(10);
    const withEdge = new Set(rules.filter(({ body }) => /\bborder(?:-block-end)?: /u.test(body)).map(({ place }) => place));
    expect(grounds.filter((place) => !withEdge.has(place))).toEqual([]);
  });

  test('in the dark a button is lighter than its background, a disabled one is not, and the edge of each has 3:1', () => {
    for (const ground of [darkOf('page'), darkOf('surface')]) {
      expect(contrast(darkOf('key'), ground)).toBeGreaterThan(1.2);
      expect(contrast(darkOf('off'), ground)).toBeLessThan(1.1);
      for (const edge of ['line-quiet', 'line-control']) expect(contrast(darkOf(edge), ground), edge).toBeGreaterThan(3);
    }
  });

  test('in forced colours no token has a colour of ours', () => {
    const tokens = read(TOKENS);
    const ours = [...tokens.slice(tokens.indexOf(':root'), tokens.indexOf(":root[data-theme='light']")).matchAll(/(?<name>--[\w-]+): light-dark\(/gu)].map(({ groups }) => groups!['name']!);
    const forced = /forced-colors: active\) \{\s*:root \{(?<body>[^}]*)\}/u.exec(tokens)!.groups!['body']!;
    expect(ours.length).toBeGreaterThan(25);
    // Overlays stay translucent.
    expect(ours.filter((name) => name !== '--veil' && !forced.includes(`${name}: `))).toEqual([]);
  });

  test('C-71: no screen of the till has a live region of its own', () => {
    const screens = readdirSync(join(renderer, 'till'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    expect(screens.length).toBeGreaterThan(20);
    const own = screens.filter((name) => /role="(?:alert|status|log)"|aria-live/u.test(readFileSync(join(renderer, 'till', name), 'utf8')));
    expect(own).toEqual([]);
  });

  test('a window has the services of its page before the page has drawn', () => {
    const shell = readFileSync(join(renderer, '../main/shell/window-colour.ts'), 'utf8');
    for (const [page, token] of [['till', 'page'], ['checkout', 'surface']] as const) {
      const pair = new RegExp(`--${token}: light-dark\\((?<light>#\\w+), (?<dark>#\\w+)\\)`, 'u').exec(read(TOKENS))?.groups;
      expect(shell).toContain(`${page}: { light: '${pair?.['light']}', dark: '${pair?.['dark']}' }`);
    }
  });
});

const darkOf = (token: string) => new RegExp(`--${token}: light-dark\\(#\\w+, #(?<dark>\\w+)\\)`, 'u').exec(read(TOKENS))!.groups!['dark']!;

/** Of two colours "rrggbb", as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [dim, bright] = [one, other].map(luminance).toSorted((left, right) => left - right);
  return (bright! + 0.05) / (dim! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [0, 2, 4].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255).map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const SET_BY_REACT_ARIA = new Set(['--trigger-width']);
