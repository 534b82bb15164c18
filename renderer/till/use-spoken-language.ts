import { useEffect, useEffectEvent, useState } from 'react';
import type { Bridge } from '../../contract/channels.ts';
import type { Language } from '../../contract/language.ts';
import { disregard } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';

/** `until`: the register keeps it (chosen on its first screen), or the cashier who chose it signs out. */
type Spoken = { readonly language: Language; readonly until: 'kept' | 'sign-out' };

export type SpokenLanguage = { readonly spoken: Language | null; readonly speak: (language: Language) => void };

/**
 * The language chosen on the first screen, or by a cashier who signs in, instead of the register's own; null: none was chosen.
 *
 * A first run has no settings yet. The language chosen there is saved as the register's as soon as there are settings.
 */
export function useSpokenLanguage(snapshot: TillSnapshot | null, bridge: Pick<Bridge<'manager'>, 'changeAppearance'>): SpokenLanguage {
  const [chosen, setChosen] = useState<Spoken | null>(null);
  const isFirstRun = snapshot?.isFirstRun ?? true;
  const cashier = snapshot?.cashiers.signedIn?.id ?? null;
  const [lastCashier, setLastCashier] = useState(cashier);
  if (cashier !== lastCashier) {
    setLastCashier(cashier);
    if (cashier === null && chosen?.until === 'sign-out') setChosen(null);
  }
  // The register has it now, and may be given another.
  if (chosen?.until === 'kept' && snapshot?.appearance.language === chosen.language) setChosen(null);
  const keep = useEffectEvent(() => {
    if (snapshot === null || chosen?.until !== 'kept') return;
    disregard(bridge.changeAppearance({ ...snapshot.appearance, language: chosen.language }), 'it stays until the page is closed');
  });
  useEffect(() => {
    if (!isFirstRun) keep();
  }, [isFirstRun]);
  return { spoken: chosen?.language ?? null, speak: (language) => setChosen({ language, until: isFirstRun ? 'kept' : 'sign-out' }) };
}
