/** The loading state of a part of the page. */
export type PartState<Content> = { readonly kind: 'loading' } | { readonly kind: 'failed' } | { readonly kind: 'loaded'; readonly content: Content };

/** A part of the page that is fetched once: when it is needed first, or before that in idle time. */
export type Part<Content> = {
  read(): PartState<Content>;
  load(): void;
  subscribe(listener: () => void): () => void;
};

/** `onFailed`: it cannot be fetched. A browser does not fetch a module again that failed once. */
export function openPart<Content>(fetchContent: () => Promise<Content>, onFailed: () => void): Part<Content> {
  let state: PartState<Content> = { kind: 'loading' };
  let isAsked = false;
  const listeners = new Set<() => void>();

  function become(next: PartState<Content>): void {
    state = next;
    for (const listener of listeners) listener();
  }

  async function fetchOnce(): Promise<void> {
    try {
      become({ kind: 'loaded', content: await fetchContent() });
    } catch {
      onFailed();
      become({ kind: 'failed' });
    }
  }

  return {
    read: () => state,
    load() {
      if (isAsked) return;
      isAsked = true;
      void fetchOnce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
