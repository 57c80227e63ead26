import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button, Group, Input, Label, Text, TextField } from 'react-aria-components';
import './field.css';
import './number-stepper.css';

interface NumberStepperProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly minimum: number;
  readonly maximum: number;
  /** What the two buttons are called. */
  readonly less: string;
  readonly more: string;
  readonly isReadOnly: boolean;
}

/**
 * A whole number that is typed, or stepped by buttons, arrow keys or the wheel. The browser's own number field below,
 * because react-aria's sets `innerHTML`, which the page's Trusted Types refuse.
 */
export function NumberStepper(props: NumberStepperProps) {
  const { label, hint, value, onChange, minimum, maximum, less, more, isReadOnly } = props;
  /** What is being typed, which need not be a number yet; null = nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  const set = (next: number) => onChange(Math.min(maximum, Math.max(minimum, next)));
  const step = (by: number) => {
    setTyped(null);
    set(value + by);
  };
  return (
    <TextField
      className="field"
      value={typed ?? String(value)}
      isReadOnly={isReadOnly}
      onChange={(text) => {
        setTyped(text);
        if (/^\d{1,15}$/.test(text)) set(Number(text));
      }}
      onBlur={() => setTyped(null)}
    >
      <Label className="field-label">{label}</Label>
      <Group className="stepper">
        <Button
          className="stepper-button"
          aria-label={less}
          isDisabled={isReadOnly || value <= minimum}
          onPress={() => step(-1)}
        >
          <Minus size={16} aria-hidden />
        </Button>
        <Input
          className="stepper-input"
          type="number"
          inputMode="numeric"
          min={minimum}
          max={maximum}
          step={1}
          autoComplete="off"
        />
        <Button
          className="stepper-button"
          aria-label={more}
          isDisabled={isReadOnly || value >= maximum}
          onPress={() => step(1)}
        >
          <Plus size={16} aria-hidden />
        </Button>
      </Group>
      <Text slot="description" className="field-hint">
        {hint}
      </Text>
    </TextField>
  );
}
