import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components';
import './check-field.css';

interface CheckFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** A box to tick, with what it means. */
export function CheckField({ label, hint, isSelected, onChange, isDisabled = false }: CheckFieldProps) {
  return (
    <Checkbox className="check-field" isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <span className="check-box">{isSelected && <Check size={13} strokeWidth={3} aria-hidden />}</span>
      <span>
        {label}
        {hint !== undefined && <span className="field-hint check-hint">{hint}</span>}
      </span>
    </Checkbox>
  );
}
