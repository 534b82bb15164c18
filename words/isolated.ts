const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
/** The blocks of Unicode in which letters run from right to left (https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types). */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A text of people or of JustiFi inside one of Counter's sentences: in Hebrew or Arabic it would reorder the text around it, amounts and card
 * digits too (https://www.w3.org/International/articles/inline-bidi-markup/). Where it is alone, a `<bdi>` holds it.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_DIRECTIONAL_ISOLATE}` : text;
}
