/** The beginning of a text: at most so many UTF-16 units, and no character is cut in half. */
export function firstCharacters(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, '');
}
