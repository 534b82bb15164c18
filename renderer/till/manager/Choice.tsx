import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Sign } from '../../skin/Sign.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onChange: (value: string) => void;
};

/** One of a few: a button that opens a list. */
export function Choice({ label, value, options, onChange }: Props) {
  return (
    <Select className="choice" selectedKey={value} onSelectionChange={(key) => onChange(String(key))}>
      <Label>{label}</Label>
      <Button>
        <SelectValue /> <Sign kind="opens" />
      </Button>
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
