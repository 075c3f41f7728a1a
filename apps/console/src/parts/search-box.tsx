import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface SearchBoxProps {
  label: string;
  description?: string;
  placeholder?: string;
  /** What is being searched for, as the address has it. */
  value: string;
  /** Told a moment after the last key. */
  onSearch(text: string): void;
}

/** Long enough to type the next letter of a word. */
const pauseMs = 250;

export function SearchBox({ label, description, placeholder, value, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const tell = useDebouncedCallback((text: string) => {
    setKnown(text);
    onSearch(text);
  }, pauseMs);
  // The way back, or a link, may lead to another search; the own one comes back as it was typed.
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  return (
    <TextInput
      type="search"
      label={label}
      description={description}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
