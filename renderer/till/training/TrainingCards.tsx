import { useAllWords } from '../use-words.ts';

/** JustiFi's test cards, for people without a manual. Only in training, where no card is charged. */
const CARDS = { pays: '4242 4242 4242 4242', 'is-declined': '4000 0000 0000 0002' } as const;

export function TrainingCards() {
  const { cards } = useAllWords().trainingReader;
  return (
    <section className="training-cards" aria-label={cards.title}>
      <h2>{cards.title}</h2>
      <dl>
        {(['pays', 'is-declined'] as const).map((end) => (
          <div key={end}>
            <dt>{CARDS[end]}</dt>
            <dd>{cards.end[end]}</dd>
          </div>
        ))}
      </dl>
      <p>{cards.rest}</p>
    </section>
  );
}
