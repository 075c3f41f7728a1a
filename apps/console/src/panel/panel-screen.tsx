import { Button, SimpleGrid } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { useLive } from '../service/live.js';
import { useTexts } from '../text/language.js';
import { Attention } from './attention.js';
import { ChannelsHealth } from './channels-health.js';
import { Figures } from './figures.js';
import { panelTexts } from './panel.texts.js';
import { periods, readPanelSearch } from './period.js';
import { summaryBeforeQuery, summaryQuery } from './queries.js';
import { Volume } from './volume.js';

const route = getRouteApi('/');

export function PanelScreen() {
  const words = useTexts(panelTexts);
  const { days = 7 } = route.useSearch();
  const navigate = route.useNavigate();
  const refetchInterval = useLive(['events', 'messages'], summaryQuery(days).queryKey);
  const summary = useQuery({
    ...summaryQuery(days),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  const before = useQuery(summaryBeforeQuery(summary.data));
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        // Not a SegmentedControl, which measures itself: 490 ms on a processor four times slower.
        <Button.Group aria-label={words.period}>
          {periods.map((period) => (
            <Button
              key={period}
              size="xs"
              variant={period === days ? 'filled' : 'default'}
              aria-pressed={period === days}
              onClick={() => navigate({ search: readPanelSearch({ days: period }) })}
            >
              {words.days(period)}
            </Button>
          ))}
        </Button.Group>
      }
    >
      <Queried query={summary}>
        {(data) => <Figures now={data} before={before.data ?? null} />}
      </Queried>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Attention />
        <ChannelsHealth />
      </SimpleGrid>
      {summary.data ? <Volume summary={summary.data} /> : null}
    </Page>
  );
}
