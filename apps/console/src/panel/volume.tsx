import { Card, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { AnalyticsSummary } from '#contracts/client/types.gen.js';
import { Loading } from '../parts/states.js';
import { useTexts } from '../text/language.js';
import { panelTexts } from './panel.texts.js';
import { VolumeChart } from './volume-chart.js';

// Few open it, and a table brings a good part of what the panel would weigh.
const VolumeTable = lazy(async () => {
  const { VolumeTable } = await import('./volume-table.js');
  return { default: VolumeTable };
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
            <VolumeChart days={summary.by_day} />
            <details onToggle={({ currentTarget: { open } }) => setTableOpen(open)}>
              <summary>{words.asTable}</summary>
              {isTableOpen && (
                <Suspense fallback={<Loading />}>
                  <VolumeTable days={summary.by_day} />
                </Suspense>
              )}
            </details>
          </>
        )}
      </Stack>
    </Card>
  );
}
