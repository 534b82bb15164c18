import type { ReactNode } from 'react';
import { Said } from './Said.tsx';

/** One sentence over the screen, and what can be done about it. */
export function Notice({ sentence, children }: { readonly sentence: string; readonly children?: ReactNode }) {
  return (
    <Said isWarning as="section" className="late">
      <p>{sentence}</p>
      {children}
    </Said>
  );
}
