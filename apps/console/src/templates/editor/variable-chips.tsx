import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { VariableView } from '#contracts/client/types.gen.js';
import { useLanguage, useTexts } from '../../text/language.js';
import { type Draft, members } from '../draft.js';
import { variablesIn } from '../variables.js';
import { editorTexts } from './editor.texts.js';

interface ChipsProps {
  variables: readonly VariableView[];
  draft: Draft;
  insert: (placeholder: string) => void;
}

/** Every variable that there is; those in use are marked, and names that are none are told. */
export function VariableChips({ variables, draft, insert }: ChipsProps) {
  const words = useTexts(editorTexts);
  const { language } = useLanguage();
  const text = members.map((member) => draft[member]).join('\n');
  const { used, unknown } = variablesIn(
    text,
    variables.map(({ name }) => name),
  );
  return (
    <Stack gap={6} role="group" aria-label={words.variables}>
      <Text size="sm" c="dimmed">
        {words.variablesHint}
      </Text>
      <Group gap={6}>
        {variables.map(({ name, placeholder, ...meaning }) => {
          const isUsed = used.includes(name);
          const label = words.insert(placeholder, meaning[`meaning_${language}`]);
          return (
            <Button
              key={name}
              size="compact-sm"
              radius="xl"
              variant={isUsed ? 'light' : 'default'}
              leftSection={isUsed ? <IconCheck size={14} aria-hidden /> : null}
              aria-label={isUsed ? `${label} (${words.used})` : label}
              // The cursor stays where the variable goes.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(placeholder)}
            >
              {name}
            </Button>
          );
        })}
      </Group>
      {unknown.length > 0 ? (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {words.unknown(unknown.map((name) => `{{${name}}}`).join(', '))}
        </Text>
      ) : null}
    </Stack>
  );
}
