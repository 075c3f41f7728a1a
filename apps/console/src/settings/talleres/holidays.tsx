import { ActionIcon, Badge, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormats } from '../../text/formats.js';
import { useTexts } from '../../text/language.js';
import { talleresTexts } from './talleres.texts.js';

interface HolidaysProps {
  /** `YYYY-MM-DD`. */
  days: string[];
  change: (days: string[]) => void;
  error: string | undefined;
}

export function Holidays({ days, change, error }: HolidaysProps) {
  const words = useTexts(talleresTexts);
  const formats = useFormats();
  const [next, setNext] = useState('');
  const named = (day: string) => `${formats.day(day)} ${day.slice(0, 4)}`;
  const add = () => {
    change([...new Set([...days, next])].sort());
    setNext('');
  };
  return (
    <Fieldset legend={words.holidays}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.holidaysHint}
        </Text>
        <Group gap="xs">
          {days.map((day) => (
            <Badge
              key={day}
              variant="light"
              size="lg"
              tt="none"
              rightSection={
                <ActionIcon
                  size="sm"
                  variant="transparent"
                  color="gray"
                  aria-label={words.removeHoliday(named(day))}
                  onClick={() => change(days.filter((each) => each !== day))}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              }
            >
              {named(day)}
            </Badge>
          ))}
        </Group>
        <Group align="flex-end">
          <TextInput
            type="date"
            label={words.holidayDay}
            value={next}
            onChange={({ currentTarget: { value } }) => setNext(value)}
            error={error}
          />
          <Button variant="default" disabled={next === ''} onClick={add}>
            {words.addHoliday}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
