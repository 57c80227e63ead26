import type { LucideIcon } from 'lucide-react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import './segments.css';

interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly name: string; readonly icon?: LucideIcon }[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly isDisabled?: boolean;
  /** Of the group: where it stands. */
  readonly className?: string;
}

/** Few things to choose one of, side by side. */
export function Segments<Id extends string>({
  label,
  options,
  chosen,
  onChoose,
  isDisabled = false,
  className = 'segments-group',
}: SegmentsProps<Id>) {
  const choose = (id: string) => {
    const option = options.find((candidate) => candidate.id === id);
    if (option !== undefined) onChoose(option.id);
  };
  return (
    <RadioGroup
      className={className}
      orientation="horizontal"
      value={chosen}
      isDisabled={isDisabled}
      onChange={choose}
    >
      <Label className="field-label">{label}</Label>
      <div className="segments">
        {options.map(({ id, name, icon: Icon }) => (
          <Radio key={id} value={id} className="segment">
            {Icon !== undefined && <Icon size={15} aria-hidden />}
            {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
