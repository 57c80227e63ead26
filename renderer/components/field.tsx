import type { ReactNode, Ref } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import './field.css';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  /** Called before the pasted text arrives in `onChange`. */
  readonly onPaste?: () => void;
  readonly isReadOnly?: boolean;
  /** What is wrong with the value; null = nothing. */
  readonly error?: ReactNode;
  readonly maxLength?: number;
  /** `code`: fixed-width, always from left to right, in capitals. `address`: always from left to right. */
  readonly kind?: 'text' | 'code' | 'password' | 'address';
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly name: string;
}

const INPUTS = {
  text: { dir: 'auto' },
  code: { dir: 'ltr', autoCapitalize: 'characters' },
  password: { dir: 'ltr', type: 'password' },
  address: { dir: 'ltr', autoCapitalize: 'none' },
} as const;

/** A text field with its label, a hint, and room for what is wrong. */
export function Field({ label, hint, error = null, kind = 'text', inputRef, onPaste, ...rest }: FieldProps) {
  return (
    <TextField
      {...rest}
      className="field"
      isInvalid={error !== null}
      validationBehavior="aria"
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
    >
      <Label className="field-label">{label}</Label>
      <Input
        className={kind === 'code' ? 'field-input field-input-code' : 'field-input'}
        {...INPUTS[kind]}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        {...(onPaste === undefined ? {} : { onPaste })}
      />
      <FieldError className="field-error">{error}</FieldError>
      {hint !== undefined && error === null && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </TextField>
  );
}
