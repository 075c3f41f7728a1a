import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { wordsTexts } from '../notifications/words.texts.js';
import { ownDetailsTexts } from '../parts/own-details.texts.js';
import { Queried } from '../parts/states.js';
import { useLive } from '../service/live.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { useChannelsHealth } from './channels-health.js';
import { panelTexts } from './panel.texts.js';
import { attentionQuery } from './queries.js';
import { type Task, tasksOf } from './tasks.js';

const needsHand = ['dead_letters', 'accounts', 'templates', 'configuration'] as const;

/** What somebody has to look at, each with the way to where it is mended. */
export function Attention() {
  const words = useTexts(panelTexts);
  const names = useTexts(wordsTexts);
  const formats = useFormats();
  const { tell } = useTexts(ownDetailsTexts);
  const health = useChannelsHealth();
  const refetchInterval = useLive(needsHand, attentionQuery.queryKey);
  const attention = useQuery({ ...attentionQuery, refetchInterval });
  return (
    <Card withBorder component="section" aria-label={words.attention}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.attention}
        </Title>
        <Queried query={attention}>
          {(data) => (
            <Tasks
              tasks={tasksOf(data, health.data?.channels ?? [], { words, names, formats, tell })}
            />
          )}
        </Queried>
      </Stack>
    </Card>
  );
}

function Tasks({ tasks }: { tasks: readonly Task[] }) {
  const words = useTexts(panelTexts);
  if (tasks.length === 0)
    return (
      <Group gap="xs" wrap="nowrap">
        <IconCircleCheck size={20} aria-hidden color="var(--mantine-color-teal-light-color)" />
        <Text>{words.allWell}</Text>
      </Group>
    );
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {tasks.map(({ key, text, more, to, search, action }) => (
        <Group key={key} component="li" gap="xs" wrap="nowrap" align="flex-start">
          <IconAlertTriangle
            size={18}
            aria-hidden
            color="var(--mantine-color-orange-light-color)"
            style={{ flexShrink: 0 }}
          />
          <div style={{ flex: 1 }}>
            <Text size="sm">{text}</Text>
            {more ? (
              <Text size="xs" c="dimmed">
                {more}
              </Text>
            ) : null}
          </div>
          <Anchor
            href={`${to}?${new URLSearchParams(search)}`}
            size="sm"
            aria-label={`${action}: ${text}`}
          >
            {action}
          </Anchor>
        </Group>
      ))}
    </Stack>
  );
}
