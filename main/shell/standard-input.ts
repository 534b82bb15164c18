/** Everything on standard input; null when it is longer than `most` characters. */
export async function readStandardInput(most: number): Promise<string | null> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) {
    text += String(part);
    if (text.length > most) return null;
  }
  return text;
}
