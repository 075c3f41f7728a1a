import { Alert, Button, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ProviderCheckView } from '#contracts/client/types.gen.js';
import { Failed } from '../../parts/states.js';
import { useTexts } from '../../text/language.js';
import { channelsTexts } from './channels.texts.js';

interface TryButtonProps {
  /** As people call it. */
  channel: string;
  ask: () => Promise<ProviderCheckView>;
  disabled?: boolean;
}

/** Asks a provider whether it would take messages, and shows what it said. */
export function TryButton({ channel, ask, disabled = false }: TryButtonProps) {
  const words = useTexts(channelsTexts);
  const check = useMutation({ mutationFn: ask });
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        size="xs"
        aria-label={words.testOf(channel)}
        title={words.testNote}
        loading={check.isPending}
        disabled={disabled}
        onClick={() => check.mutate()}
      >
        {words.test}
      </Button>
      {check.isError ? <Failed error={check.error} /> : null}
      {check.data ? <Outcome check={check.data} /> : null}
    </Stack>
  );
}

function Outcome({ check: { healthy, detail } }: { check: ProviderCheckView }) {
  const words = useTexts(channelsTexts);
  return (
    <Alert
      role="status"
      color={healthy ? 'green' : 'red'}
      icon={healthy ? <IconCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={healthy ? words.healthy : words.unhealthy}
    >
      {detail}
    </Alert>
  );
}
