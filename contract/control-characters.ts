const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;

/** Invisible characters, and those that change the direction of text: left-to-right and right-to-left marks, embeddings, overrides and isolates. Joiners stay: emoji and Persian need them. */
const UNSEEN = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** The text on one line, without control characters of any kind. */
export function withoutControls(text: string): string {
  return text.toWellFormed().replaceAll(LINE_BREAKS, ' ').replaceAll(UNSEEN, '');
}

/** The same text, with every such character written out: "\u202e". */
export function withControlsSpelt(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}
