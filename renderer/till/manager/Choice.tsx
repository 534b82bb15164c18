import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import { Sign } from '../../skin/Sign.tsx';
import { useLocked } from './use-locked.ts';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onChange: (value: string) => void;
  /** The setting's name, where the company may have set it. */
  readonly setting?: string;
};

/** One of a few: a button that opens a list. */
export function Choice({ label, value, options, onChange, setting }: Props) {
  const locked = useLocked(setting);
  return (
    <Select className="choice" isDisabled={locked !== null} selectedKey={value} onSelectionChange={(key) => onChange(String(key))}>
      <Label>{label}</Label>
      <Button>
        <SelectValue /> <Sign kind="opens" />
      </Button>
      {locked !== null && <Text slot="description">{locked}</Text>}
      <Popover className="choice-list">
        <ListBox>
          {options.map(([id, name]) => (
            <ListBoxItem key={id} id={id} textValue={name}>
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
