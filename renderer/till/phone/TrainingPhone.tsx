import type { Bridge } from '../../../contract/channels.ts';
import { TRAINING_PAYS } from '../../../contract/pay-link.ts';
import { disregard } from '../../../contract/result.ts';
import { Button } from '../../skin/Button.tsx';
import { useAllWords } from '../use-words.ts';

type Props = { readonly saleId: string; readonly bridge: Pick<Bridge<'till'>, 'payTrainingLink'> };

/** No phone reaches training's page, which is on this PC: its customer's actions are buttons here. */
export function TrainingPhone({ saleId, bridge }: Props) {
  const words = useAllWords().phone.training;
  return (
    <div className="training-reader" role="group" aria-label={words.title}>
      <p className="reader-screen">{words.title}</p>
      <div className="reader-keys">
        {TRAINING_PAYS.map((how) => (
          <Button key={how} onPress={() => disregard(bridge.payTrainingLink({ saleId, how }), 'the next snapshot shows it')}>
            {words.press[how]}
          </Button>
        ))}
      </div>
    </div>
  );
}
