import { NativeSelect } from '@mantine/core';

interface ChoiceFilterProps {
  label: string;
  /** What not to narrow is called. */
  any: string;
  options: readonly { value: string; label: string }[];
  value: string | undefined;
  onChange(value: string | undefined): void;
}

/** One of some values, or any. A value that is not among them is shown as it is. */
export function ChoiceFilter({ label, any, options, value, onChange }: ChoiceFilterProps) {
  const isKnown = value === undefined || options.some((option) => option.value === value);
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      data={[
        { value: '', label: any },
        ...options,
        ...(isKnown ? [] : [{ value: value ?? '', label: value ?? '' }]),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}
