/** Everything on standard input; null when it is longer than `most` characters, empty where there is none. */
export async function readStandardInput(most: number): Promise<string | null> {
  let text = '';
  try {
    process.stdin.setEncoding('utf8');
    for await (const part of process.stdin) {
      text += String(part);
      if (text.length > most) return null;
    }
  } catch {
    // A program with windows has none on Windows (electron/electron#21705).
    return '';
  }
  return text;
}
