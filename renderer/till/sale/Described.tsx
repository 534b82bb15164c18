import { useWords } from '../use-words.ts';

type Props = { readonly sale: { readonly description: string; readonly tipInCents: number; readonly premiumInCents?: number } };

/** The description, below the amount. */
export function Described({ sale: { description, tipInCents, premiumInCents = 0 } }: Props) {
  const { till, format } = useWords();
  return (
    <p className="described">
      <bdi>{description}</bdi>
      {tipInCents > 0 && ` · ${till.tip} ${format.money(tipInCents)}`}
      {premiumInCents > 0 && ` · ${till.premium} ${format.money(premiumInCents)}`}
    </p>
  );
}
