import { Eye, EyeOff } from 'lucide-react';
import { useState, type ReactNode, type Ref } from 'react';
import { FieldError, Input, Label, TextField, ToggleButton } from 'react-aria-components';
import './field.css';
import './secret-field.css';

interface SecretFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  readonly isReadOnly: boolean;
  /** What is wrong with the value; null = nothing. */
  readonly error: ReactNode;
  readonly showLabel: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A field for a password, which can be looked at while it is typed. */
export function SecretField({ label, error, showLabel, inputRef, ...rest }: SecretFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      {...rest}
      className="field"
      type={isShown ? 'text' : 'password'}
      isInvalid={error !== null}
      validationBehavior="aria"
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
    >
      <Label className="field-label">{label}</Label>
      <div className="secret-field" dir="ltr">
        <Input
          className="field-input"
          autoCapitalize="none"
          {...(inputRef === undefined ? {} : { ref: inputRef })}
        />
        <ToggleButton
          className="secret-field-show"
          aria-label={showLabel}
          isSelected={isShown}
          onChange={setShown}
        >
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </ToggleButton>
      </div>
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}
