import { type Appearance, TEXT_SIZES } from '../../contract/appearance.ts';

export type TextSizeStep = 'larger' | 'smaller' | 'usual';

type TextSizeParts = {
  readonly ofRegister: () => Appearance['textSize'];
  /** The cashier who is signed in. */
  readonly cashierId: () => string | null;
  readonly onChange: () => void;
};

/** The text size of the till's page now: the register's, or the one that the cashier at the till chose with the keyboard. It is kept nowhere. */
export type TextSize = {
  /** To be read after every change of the cashier or the setting: a size that was chosen before is forgotten then. */
  read(): Appearance['textSize'];
  change(step: TextSizeStep): void;
};

export function createTextSize({ ofRegister, cashierId, onChange }: TextSizeParts): TextSize {
  let chosen: { readonly size: Appearance['textSize']; readonly by: string | null; readonly insteadOf: Appearance['textSize'] } | null = null;

  function read(): Appearance['textSize'] {
    if (chosen !== null && (chosen.by !== cashierId() || chosen.insteadOf !== ofRegister())) chosen = null;
    return chosen?.size ?? ofRegister();
  }

  function next(step: Exclude<TextSizeStep, 'usual'>): Appearance['textSize'] {
    const now = read();
    return TEXT_SIZES[TEXT_SIZES.indexOf(now) + (step === 'larger' ? 1 : -1)] ?? now;
  }

  return {
    read,
    change(step) {
      chosen = step === 'usual' ? null : { size: next(step), by: cashierId(), insteadOf: ofRegister() };
      onChange();
    },
  };
}
