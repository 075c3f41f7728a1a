import { Fieldset, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTexts } from '../../text/language.js';
import type { TallerDraft } from './taller-draft.js';
import { talleresTexts } from './talleres.texts.js';

interface QuietHoursProps {
  draft: TallerDraft;
  change: (part: Partial<TallerDraft>) => void;
  error: string | undefined;
}

export function QuietHours({ draft, change, error }: QuietHoursProps) {
  const words = useTexts(talleresTexts);
  return (
    <Fieldset legend={words.quiet}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.quietHint}
        </Text>
        <Switch
          label={words.hasQuiet}
          checked={draft.hasQuiet}
          onChange={({ currentTarget: { checked } }) => change({ hasQuiet: checked })}
        />
        {draft.hasQuiet ? (
          <Group align="flex-start">
            <TextInput
              type="time"
              label={words.from}
              value={draft.quietFrom}
              onChange={({ currentTarget: { value } }) => change({ quietFrom: value })}
            />
            <TextInput
              type="time"
              label={words.to}
              value={draft.quietTo}
              onChange={({ currentTarget: { value } }) => change({ quietTo: value })}
              error={error}
            />
          </Group>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
