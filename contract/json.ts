/** The value of a JSON text from elsewhere; undefined when it is none. Editors of Windows put a byte order mark (U+FEFF) before a text: it is taken off. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
