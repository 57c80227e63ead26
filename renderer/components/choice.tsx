import { Check, ChevronsUpDown } from 'lucide-react';
import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components';
import './choice.css';

export interface Option {
  readonly id: string;
  readonly name: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly Option[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly isDisabled?: boolean;
  /** `row`: label and list on one line, as in a table of settings. */
  readonly layout?: 'field' | 'row';
}

/** A list to choose one of. */
export function Choice({
  label,
  hint,
  options,
  chosen,
  onChoose,
  isDisabled,
  layout = 'field',
}: ChoiceProps) {
  return (
    <Select
      className={`choice-${layout}`}
      selectedKey={chosen}
      isDisabled={isDisabled ?? false}
      onSelectionChange={(key) => {
        if (key !== null) onChoose(String(key));
      }}
    >
      <Label className="field-label">{label}</Label>
      <AriaButton className="choice-button">
        <SelectValue className="choice-value" />
        <ChevronsUpDown size={15} aria-hidden />
      </AriaButton>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Popover className="choice-popover">
        <ListBox className="choice-list" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.name} className="choice-item">
              {({ isSelected }) => (
                <>
                  <span className="choice-check">{isSelected && <Check size={15} aria-hidden />}</span>
                  <span dir="auto">{option.name}</span>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
