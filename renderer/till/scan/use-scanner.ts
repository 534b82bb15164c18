import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import type { ScanListener, Scanner } from './scanner.ts';

export const ScannerContext = createContext<Scanner | null>(null);

/** Scans while this screen is in sight. */
export function useScanner(listener: ScanListener): void {
  const scanner = useContext(ScannerContext);
  const onScan = useEffectEvent(listener.onScan);
  const onUnclear = useEffectEvent(listener.onUnclear);
  useEffect(() => scanner?.listen({ onScan: (scan) => onScan(scan), onUnclear: (key) => onUnclear(key) }), [scanner]);
}
