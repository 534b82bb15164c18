import { Label, Text, TextArea, TextField } from 'react-aria-components';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Line } from './Line.tsx';
import { type DescriptionKind, type LimitsFieldsProps, PROBLEM } from './typed-limits.ts';
import { useLocked } from './use-locked.ts';

/** The description of a sale: whether it is required, and the buttons for common ones. */
export function DescriptionFields({ typed, problem, change }: LimitsFieldsProps) {
  const { limits: words } = useAllWords().manager;
  const presetsLocked = useLocked('descriptionPresets');
  const isUsualWrong = problem?.kind === 'usual-description-invalid';
  const descriptions: readonly (readonly [DescriptionKind, string])[] = [
    ['required', words.descriptionRequired],
    ['optional', words.descriptionOptional],
    ['usual', words.descriptionUsual],
  ];
  return (
    <>
      <Choice
        setting="description.kind"
        label={words.description}
        value={typed.description}
        options={descriptions}
        onChange={(chosen) => change({ description: descriptions.find(([kind]) => kind === chosen)?.[0] ?? 'required' })}
      />
      {(typed.description === 'usual' || isUsualWrong) && (
        <Line problem={PROBLEM} setting="description.usual" label={words.usualDescription} value={typed.usualDescription} isWrong={isUsualWrong} onChange={(usualDescription) => change({ usualDescription })} />
      )}
      <TextField className="field" isDisabled={presetsLocked !== null} value={typed.presets} onChange={(presets) => change({ presets })}>
        <Label>{words.presets}</Label>
        <TextArea rows={5} />
        {presetsLocked !== null && <Text slot="description">{presetsLocked}</Text>}
      </TextField>
      <Line problem={PROBLEM} setting="quickItems" label={words.quickItems} hint={words.quickItemsHint} rows={4} value={typed.quickItems} isWrong={problem?.kind === 'quick-item-invalid'} onChange={(quickItems) => change({ quickItems })} />
    </>
  );
}
