import { Stack, Switch, TextInput } from '@mantine/core';
import { useTexts } from '../text/language.js';
import { simulateTexts } from './simulate.texts.js';
import type { FieldsProps } from './simulator.js';

/** When it leaves, and under which conditions. */
export function SendingFields({ simulation, change, errorOf }: FieldsProps) {
  const words = useTexts(simulateTexts);
  return (
    <Stack gap="sm">
      <Switch
        label={words.critical}
        description={words.criticalMeaning}
        checked={simulation.critical}
        onChange={({ currentTarget }) => change({ critical: currentTarget.checked })}
      />
      <TextInput
        type="datetime-local"
        label={words.scheduledFor}
        description={words.scheduledMeaning}
        value={simulation.scheduledFor}
        error={errorOf('scheduled_for') ?? errorOf('valid_until')}
        onChange={({ currentTarget }) => change({ scheduledFor: currentTarget.value })}
      />
      <TextInput
        label={words.businessKey}
        description={words.businessKeyMeaning}
        maxLength={200}
        value={simulation.businessKey}
        error={errorOf('business_key')}
        onChange={({ currentTarget }) => change({ businessKey: currentTarget.value })}
      />
    </Stack>
  );
}
