import type { ReactNode } from 'react';
import { Said } from './Said.tsx';

/** One sentence over the screen, with its buttons. */
export function Notice({ sentence, children }: { readonly sentence: string; readonly children?: ReactNode }) {
  return (
    <Said isWarning as="section" className="late">
      <p>{sentence}</p>
      {children}
    </Said>
  );
}
