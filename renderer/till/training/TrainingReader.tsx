import type { Bridge } from '../../../contract/channels.ts';
import { assertNever, disregard } from '../../../contract/result.ts';
import { READER_PRESSES, type ReaderPress, type ReaderScreen } from '../../../contract/training-reader.ts';
import { Button } from '../../skin/Button.tsx';
import { useAllWords } from '../use-words.ts';

type Props = { readonly screen: ReaderScreen; readonly bridge: Pick<Bridge<'till'>, 'pressTrainingReader'> };

/** The training reader: its screen, and the customer's actions. */
export function TrainingReader({ screen, bridge }: Props) {
  const words = useAllWords().trainingReader;
  return (
    <div className="training-reader" role="group" aria-label={words.title}>
      <p className="reader-screen">
        <ScreenWords screen={screen} />
      </p>
      <div className="reader-keys">
        {READER_PRESSES.filter((press) => isPossible(press, screen)).map((press) => (
          <Button key={press} onPress={() => disregard(bridge.pressTrainingReader({ press }), 'the next snapshot shows it')}>
            {words.press[press]}
          </Button>
        ))}
      </div>
    </div>
  );
}

function ScreenWords({ screen }: Pick<Props, 'screen'>) {
  const { trainingReader: words, format } = useAllWords();
  switch (screen.kind) {
    case 'asking':
      return words.asking(format.money(screen.amountInCents));
    case 'identify':
      return <bdi>{screen.name}</bdi>;
    case 'idle':
    case 'off':
    case 'processing':
      return words[screen.kind];
    default:
      return assertNever(screen);
  }
}

/** Unplugged, it can only be plugged in; a card can be presented while it asks for one. */
function isPossible(press: ReaderPress, { kind }: ReaderScreen): boolean {
  if (press === 'plug') return kind === 'off';
  if (press === 'unplug') return kind !== 'off';
  return kind === 'asking';
}
