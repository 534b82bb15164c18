import { isolated } from '../../words/isolated.ts';

/** Long enough for every screen reader to read it; short enough that a user who reads on does not find an earlier result. */
const KEPT_MS = 5_000;

/** Announces a text once, in the one live region of the till, which index.html has: a region that is added together with its words is often not announced. */
export function announce(text: string): void {
  const line = document.createElement('p');
  line.textContent = text;
  document.getElementById('announcements')?.append(line);
  window.setTimeout(() => line.remove(), KEPT_MS);
}

/** Within a line of text. Everything else is read with a pause before and after it. */
const INLINE: ReadonlySet<string> = new Set(['b', 'small', 'span', 'strong']);

/** The words of an element as a screen reader reads them: no buttons, no signs, no hidden parts. `counting`: replaces a countdown. */
export function spokenText(element: Node, counting: string | null = null): string {
  return wordsOf(element, counting).replaceAll(/\s+/gu, ' ').trim();
}

function wordsOf(node: Node, counting: string | null): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof HTMLElement) || node instanceof HTMLButtonElement || node.ariaHidden === 'true') return '';
  if (node.localName === 'bdi') return isolated(node.textContent);
  if (counting !== null && node.classList.contains('counting')) return counting;
  const words = [...node.childNodes].map((child) => wordsOf(child, counting)).join('');
  return INLINE.has(node.localName) ? words : ` ${words} `;
}
