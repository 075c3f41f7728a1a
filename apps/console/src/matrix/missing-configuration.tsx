import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Failed } from '../parts/states.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import type { Choice } from './use-configuration.js';
import { useCreation } from './use-creation.js';

/** Nothing serves this choice: whoever sends such an event is refused. */
export function MissingConfiguration({ choice }: { choice: Choice }) {
  const words = useTexts(matrixTexts);
  const creation = useCreation(choice);
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.missing}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{words.missingMeaning}</Text>
          <Button size="xs" loading={creation.isPending} onClick={() => creation.mutate([])}>
            {words.create}
          </Button>
        </Stack>
      </Alert>
      {creation.isError ? <Failed error={creation.error} /> : null}
    </Stack>
  );
}
