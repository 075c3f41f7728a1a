import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ChannelHealthView } from '#contracts/client/types.gen.js';
import { ChannelName } from '../notifications/channel-name.js';
import { SignBadge } from '../notifications/sign-badge.js';
import { ownDetailsTexts } from '../parts/own-details.texts.js';
import { Queried } from '../parts/states.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { panelTexts } from './panel.texts.js';
import { channelsHealthQuery } from './queries.js';

/** The service asks a provider every 30 s at most, however often it is asked itself. */
const everyMs = 15_000;

export function useChannelsHealth() {
  return useQuery({ ...channelsHealthQuery, refetchInterval: everyMs });
}

/** Whether each channel's provider answers now, and how its last day went. */
export function ChannelsHealth() {
  const words = useTexts(panelTexts);
  const health = useChannelsHealth();
  return (
    <Card withBorder component="section" aria-label={words.health}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.health}
        </Title>
        <Queried query={health}>
          {({ channels }) =>
            channels.map((channel) => <Channel key={channel.channel} health={channel} />)
          }
        </Queried>
      </Stack>
    </Card>
  );
}

function Channel({ health }: { health: ChannelHealthView }) {
  const words = useTexts(panelTexts);
  const formats = useFormats();
  const { tell } = useTexts(ownDetailsTexts);
  const { channel, messages, success_rate_percent: rate, provider } = health;
  return (
    <Stack gap={2}>
      <Group justify="space-between" gap="xs">
        <ChannelName channel={channel} />
        <SignBadge
          color={provider.answers ? 'teal' : 'red'}
          Icon={provider.answers ? IconCheck : IconAlertTriangle}
        >
          {provider.answers ? words.answers : words.silent}
        </SignBadge>
      </Group>
      <Text size="sm">
        {words.last24(messages, formats.number(messages))} ·{' '}
        {rate === null ? words.noneOver : words.success(formats.percent(rate))}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {provider.answers ? '' : `${tell(provider.detail)} · `}
        {words.checked(formats.ago(provider.checked_at))}
      </Text>
    </Stack>
  );
}
