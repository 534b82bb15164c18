import '../skin/typeface.css';
import '../skin/tokens.css';
import '../skin/controls.css';
import './till.css';
import './history/history.css';
import './report/report.css';
import './tip/tip.css';
import './manager/manager.css';
import './manager/account.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chosenLanguage } from '../../contract/language.ts';
import { disregard } from '../../contract/result.ts';
import { bridge, managerBridge } from './bridge.ts';
import { PageGuard } from './PageGuard.tsx';
import { keepFocus } from './focus-keeper.ts';
import { openParts } from './parts.ts';
import { followScanner } from './scan/scanner.ts';
import { followSnapshots } from './snapshot-store.ts';
import { Till } from './Till.tsx';
import { createTypeAhead } from './sale/type-ahead.ts';
import { ScannerContext } from './scan/use-scanner.ts';

for (const change of ['online', 'offline']) window.addEventListener(change, () => void bridge.networkChanged());

keepFocus(document.getElementById('root')!);

const store = followSnapshots(bridge);
const parts = openParts(() => disregard(bridge.pageBroke({ detail: 'part-not-loaded' }), 'the screen says it too'));
// Beside the first snapshot, not after it. A register in another language than its PC fetches that one then.
parts.words[chosenLanguage('auto', navigator.languages)].load();

const typeAhead = createTypeAhead();
// A code that a scanner typed ahead is no amount.
const scanner = followScanner(window, { onScan: () => void typeAhead.take(), onUnclear: typeAhead.dropHeld });

// Otherwise the first words would be laid out in another typeface, and move when this one is loaded. If it cannot be loaded, the system's is used.
await document.fonts.load('1em Inter').catch(() => []);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <PageGuard bridge={bridge} onBreak={typeAhead.take}>
      <ScannerContext value={scanner}>
        <Till store={store} parts={parts} bridge={bridge} managerBridge={managerBridge} typeAhead={typeAhead} />
      </ScannerContext>
    </PageGuard>
  </StrictMode>,
);
