import { Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { useLocked } from './use-locked.ts';

type Props = {
  readonly setting: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly isWrong?: boolean;
  /** The id of the error's sentence. */
  readonly problem: string;
  /** The number of lines of a longer text. */
  readonly rows?: number;
  readonly onChange: (value: string) => void;
};

/** A setting that is typed. */
export function Line({ setting, label, hint, value, isWrong = false, problem, rows, onChange }: Props) {
  const locked = useLocked(setting);
  const said = locked ?? hint;
  return (
    <TextField className="field" isDisabled={locked !== null} isInvalid={isWrong} {...(isWrong && { 'aria-describedby': problem })} value={value} onChange={onChange}>
      <Label>{label}</Label>
      {rows === undefined ? <Input autoComplete="off" /> : <TextArea rows={rows} />}
      {said !== undefined && <Text slot="description">{said}</Text>}
    </TextField>
  );
}
