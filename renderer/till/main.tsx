import '../skin/tokens.css';
import '../skin/controls.css';
import './till.css';
import './manager/manager.css';
import './manager/account.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { bridge, managerBridge } from './bridge.ts';
import { PageGuard } from './PageGuard.tsx';
import { followScanner } from './scanner.ts';
import { followSnapshots } from './snapshot-store.ts';
import { Till } from './Till.tsx';
import { createTypeAhead } from './type-ahead.ts';

for (const change of ['online', 'offline']) window.addEventListener(change, () => void bridge.networkChanged());

const typeAhead = createTypeAhead();
const scanner = followScanner(window);
// What a scanner typed ahead is no amount.
scanner.onScan(() => void typeAhead.take());

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <PageGuard bridge={bridge}>
      <Till store={followSnapshots(bridge)} bridge={bridge} managerBridge={managerBridge} typeAhead={typeAhead} scanner={scanner} />
    </PageGuard>
  </StrictMode>,
);
