import type { ReactNode } from 'react';
import type { Bridge } from '../../contract/channels.ts';
import type { Language } from '../../contract/language.ts';
import { assertNever } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { AllowOnce } from './access/AllowOnce.tsx';
import { SignIn } from './access/SignIn.tsx';
import { History } from './history/History.tsx';
import { InsuredCustomer } from './insured/InsuredCustomer.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { Manager } from './manager/Manager.tsx';
import { Report } from './report/Report.tsx';
import { AtPhone } from './phone/AtPhone.tsx';
import { AtReader } from './reader/AtReader.tsx';
import { LastSale } from './sale/LastSale.tsx';
import type { Screen } from './screen.ts';
import { SaveCard } from './saved/SaveCard.tsx';
import { SavedCards } from './saved/SavedCards.tsx';
import { AtSezzle } from './sezzle/AtSezzle.tsx';
import { FirstRun } from './start/FirstRun.tsx';
import { FirstSale } from './start/FirstSale.tsx';
import { SetUp } from './start/SetUp.tsx';
import { Stopped } from './start/Stopped.tsx';
import { ChooseTip } from './tip/ChooseTip.tsx';
import { TrainingCards } from './training/TrainingCards.tsx';

export type LaterScreenProps = {
  readonly screen: Extract<Screen, { kind: 'first-run' | 'set-up' | 'stopped' | 'manager' | 'allow-once' | 'sign-in' | 'history' | 'report' | 'last-sale' | 'save-card' | 'tip' }> | { readonly kind: 'help' } | { readonly kind: 'at-reader' } | { readonly kind: 'training-cards' } | { readonly kind: 'at-phone' } | { readonly kind: 'saved-cards' } | { readonly kind: 'at-sezzle' } | { readonly kind: 'first-sale' } | { readonly kind: 'insured-customer' };
  readonly snapshot: TillSnapshot;
  readonly bridge: Bridge<'till'>;
  readonly managerBridge: Bridge<'manager'>;
  readonly language: Language;
  readonly onSpeak: (language: Language) => void;
  readonly onConnect: () => void;
  readonly onHelp: () => void;
  readonly onReport: () => void;
  readonly onGiveBack: (saleId: string) => void;
  readonly onClose: () => void;
};

/** The screens beside the sale. They are a script of their own, which is fetched after the first paint (parts.ts). */
export function LaterScreen({ screen, snapshot, bridge, managerBridge, language, onSpeak, onConnect, onHelp, onReport, onGiveBack, onClose }: LaterScreenProps): ReactNode {
  switch (screen.kind) {
    case 'first-run':
      return <FirstRun bridge={bridge} language={language} onSpeak={onSpeak} onConnect={onConnect} onHelp={onHelp} />;
    case 'set-up':
      return <SetUp snapshot={snapshot} bridge={managerBridge} onHelp={onHelp} onDone={onClose} />;
    case 'stopped':
      return <Stopped why={screen.why} onTryAgain={() => void bridge.openAgain()} />;
    case 'manager':
      return <Manager snapshot={snapshot} till={bridge} bridge={managerBridge} onDone={onClose} />;
    case 'allow-once':
      return <AllowOnce asking={screen.asking} manager={snapshot.manager} onDone={onClose} />;
    case 'sign-in':
      return <SignIn cashiers={snapshot.cashiers.all} signIn={bridge.signIn} language={language} onSpeak={onSpeak} />;
    case 'at-reader':
      return <AtReader snapshot={snapshot} bridge={bridge} />;
    case 'training-cards':
      return <TrainingCards />;
    case 'at-phone':
      return <AtPhone snapshot={snapshot} bridge={bridge} />;
    case 'last-sale':
      return <LastSale sale={screen.sale} mode={snapshot.mode} printing={snapshot.printing} bridge={bridge} onGiveBack={() => onGiveBack(screen.sale.saleId)} onClose={onClose} />;
    case 'saved-cards':
      return <SavedCards sale={snapshot.sale} bridge={bridge} />;
    case 'first-sale':
      return <FirstSale isDescriptionNeeded={snapshot.usualDescription === null} />;
    case 'at-sezzle':
      return <AtSezzle snapshot={snapshot} />;
    case 'insured-customer':
      return <InsuredCustomer saleId={snapshot.sale.saleId} bridge={bridge} />;
    case 'save-card':
      return <SaveCard offer={snapshot.saveOffer} bridge={bridge} onClose={onClose} />;
    case 'tip':
      return <ChooseTip sale={snapshot.sale} mode={snapshot.appearance.entry} bridge={bridge} />;
    case 'history':
      return <History bridge={bridge} manager={snapshot.manager} printing={snapshot.printing} links={snapshot} saleId={screen.saleId} isGivingBack={screen.isGivingBack} onReport={onReport} onClose={onClose} />;
    case 'report':
      return <Report bridge={bridge} manager={snapshot.manager} printing={snapshot.printing} onClose={onClose} />;
    case 'help':
      return <KeyHelp onClose={onClose} />;
    default:
      return assertNever(screen);
  }
}
