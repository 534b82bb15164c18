import type { TrainingPay } from '../../contract/pay-link.ts';
import type { ReaderPress, ReaderScreen } from '../../contract/training-reader.ts';
import type { Till } from '../sale/till.ts';
import type { AppServices } from './app-services.ts';
import { TRAINING_ACCOUNT } from './justifi-account.ts';
import type { Training } from './training.ts';

/** The actions of a trainee in place of a customer: at the reader, and on the page of a link. */
export type TrainingHands = {
  /** The screen of the training reader; null: not in training, or none is paired. */
  trainingReader(): ReaderScreen | null;
  /** Does this at the training reader. False: there is none. */
  pressTrainingReader(press: ReaderPress): boolean;
  /** Does this on the page of the link that is shown for this sale, in training. False: there is none, or it is not payable. */
  payTrainingLink(saleId: string, how: TrainingPay): Promise<boolean>;
};

type TrainingHandsParts = Pick<AppServices, 'settings'> & { readonly till: Pick<Till, 'link'>; readonly onChange: () => void };

export function createTrainingHands({ settings, till, onChange }: TrainingHandsParts, training: () => Training | null): TrainingHands {
  const paired = () => (settings.read().cardReader?.ofAccount === TRAINING_ACCOUNT ? (settings.read().cardReader?.terminalId ?? null) : null);
  return {
    trainingReader() {
      const terminalId = paired();
      return terminalId === null ? null : (training()?.justifi.readerScreen(terminalId) ?? null);
    },
    pressTrainingReader(press) {
      const terminalId = paired();
      const justifi = training()?.justifi;
      if (justifi === undefined || terminalId === null) return false;
      void justifi.pressReader(terminalId, press).then(onChange);
      onChange();
      return true;
    },
    async payTrainingLink(saleId, how) {
      const link = till.link(saleId);
      const justifi = training()?.justifi;
      return justifi !== undefined && link !== null && justifi.payHosted(link.checkoutId, how);
    },
  };
}
