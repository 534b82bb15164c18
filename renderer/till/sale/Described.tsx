import { useWords } from '../use-words.ts';

type Props = { readonly sale: { readonly description: string; readonly tipInCents: number } };

/** What is paid for, below its amount. */
export function Described({ sale: { description, tipInCents } }: Props) {
  const { till, format } = useWords();
  return (
    <p className="described">
      <bdi>{description}</bdi>
      {tipInCents > 0 && ` · ${till.tip} ${format.money(tipInCents)}`}
    </p>
  );
}
