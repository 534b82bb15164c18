import { Checkbox } from 'react-aria-components';
import { Sign } from '../../skin/Sign.tsx';
import { useLocked } from './use-locked.ts';

type Props = {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** The setting's name, where the company may have set it. */
  readonly setting?: string;
};

/** A setting that is on or off. */
export function Switch({ label, isOn, onChange, setting }: Props) {
  const locked = useLocked(setting);
  return (
    <Checkbox className="check" isDisabled={locked !== null} isSelected={isOn} onChange={onChange}>
      <span className="check-box">
        <Sign kind="tick" />
      </span>
      {label} {locked}
    </Checkbox>
  );
}
