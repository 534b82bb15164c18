/** One sentence for every kind of a union: a new kind does not compile until every language has a word for it. */
export type Sentences<Thing extends { readonly kind: string }> = {
  readonly [Kind in Thing['kind']]: string | ((thing: Extract<Thing, { readonly kind: Kind }>) => string);
};

export function say<Thing extends { readonly kind: string }>(sentences: Sentences<Thing>, thing: Thing): string {
  const sentence: string | ((thing: never) => string) = sentences[thing.kind as Thing['kind']];
  return typeof sentence === 'function' ? sentence(thing as never) : sentence;
}

/** Small print for a support person. */
export function codeOf(problem: { readonly kind: string } | null): string | null {
  return problem !== null && 'code' in problem && typeof problem.code === 'string' ? problem.code : null;
}
