import { Card, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { AnalyticsSummary } from '#contracts/client/types.gen.js';
import { wordsTexts } from '../notifications/words.texts.js';
import { idle } from '../parts/idle.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { panelTexts } from './panel.texts.js';

// Recharts weighs more than the rest of the panel together: it comes when the figures can be used.
const VolumeChart = lazy(async () => {
  await idle();
  const { VolumeChart } = await import('./volume-chart.js');
  return { default: VolumeChart };
});

/** How many messages each channel had each day, drawn and as a table. */
export function Volume({ summary }: { summary: AnalyticsSummary }) {
  const words = useTexts(panelTexts);
  const [isTableOpen, setTableOpen] = useState(false);
  return (
    <Card withBorder component="section" aria-label={words.volume}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.volume}
        </Title>
        {summary.total === 0 ? (
          <Text c="dimmed">{words.volumeEmpty}</Text>
        ) : (
          <>
            <Suspense fallback={<Skeleton height={260} />}>
              <VolumeChart days={summary.by_day} />
            </Suspense>
            <details onToggle={({ currentTarget: { open } }) => setTableOpen(open)}>
              <summary>{words.asTable}</summary>
              {isTableOpen && <VolumeTable days={summary.by_day} />}
            </details>
          </>
        )}
      </Stack>
    </Card>
  );
}

function VolumeTable({ days }: { days: AnalyticsSummary['by_day'] }) {
  const words = useTexts(panelTexts);
  const names = useTexts(wordsTexts);
  const formats = useFormats();
  const channels = days[0]?.by_channel.map(({ channel }) => channel) ?? [];
  return (
    <Table.ScrollContainer
      minWidth={300}
      maxHeight={320}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.volume },
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{words.day}</Table.Th>
            {channels.map((channel) => (
              <Table.Th scope="col" key={channel}>
                {names.channels[channel]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(({ date, by_channel }) => (
            <Table.Tr key={date}>
              <Table.Th scope="row">{formats.day(date)}</Table.Th>
              {by_channel.map(({ channel, total }) => (
                <Table.Td key={channel}>{formats.number(total)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
