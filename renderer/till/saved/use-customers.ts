import { useEffect, useState } from 'react';
import type { FoundCustomers } from '../../../contract/customer.ts';

type Answer = { readonly kind: 'ok'; readonly value: FoundCustomers } | { readonly kind: 'failed'; readonly failure: { readonly kind: string } };

/** The customers that a search finds; an answer that comes after the next key is dropped. `again`: searched once more when it changes. */
export function useCustomers(search: string, find: (order: { readonly search: string }) => Promise<Answer>, again = 0): { readonly found: FoundCustomers | null; readonly failure: { readonly kind: string } | null } {
  const [answer, setAnswer] = useState<(Answer & { readonly again: number }) | null>(null);
  useEffect(() => {
    let isWanted = true;
    void find({ search }).then((given) => {
      if (isWanted) setAnswer({ ...given, again });
    });
    return () => {
      isWanted = false;
    };
  }, [find, search, again]);
  return { found: answer?.kind === 'ok' ? answer.value : null, failure: answer?.kind === 'failed' ? answer.failure : null };
}
