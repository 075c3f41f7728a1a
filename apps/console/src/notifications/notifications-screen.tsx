import { Group, Pagination, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { listEvents } from '#contracts/client/sdk.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useLive } from '../service/live.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { LogFilters } from './log-filters.js';
import { changed, countFilters, type LogSearch, pageSize, queryOf } from './log-search.js';
import { LogTable } from './log-table.js';
import { notificationsTexts } from './notifications.texts.js';

const route = getRouteApi('/notificaciones');

export function NotificationsScreen() {
  const words = useTexts(notificationsTexts);
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: Partial<LogSearch>) =>
    navigate({ search: (now) => changed(now, change), replace: true });
  const queryKey = ['events', search];
  const refetchInterval = useLive(['events', 'messages'], queryKey);
  const events = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(listEvents({ query: queryOf(search), signal })),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  const isNarrowed = countFilters(search) > 0 || search.q !== undefined;
  return (
    <Page title={words.title} lead={words.lead}>
      <LogFilters search={search} narrow={narrow} />
      <Queried
        query={events}
        isEmpty={({ count }) => count === 0}
        empty={isNarrowed ? words.none : words.nothing}
      >
        {({ count, results }) => (
          <>
            <Text size="sm" c="dimmed" role="status">
              {words.count(count, formats.number(count))}
            </Text>
            <LogTable events={results} />
            {count > pageSize ? (
              <Group justify="center" component="nav" aria-label={words.pages}>
                <Pagination
                  total={Math.max(1, Math.ceil(count / pageSize))}
                  value={search.page ?? 1}
                  onChange={(page) => navigate({ search: (now) => changed(now, { page }) })}
                  siblings={1}
                  size="sm"
                  getItemProps={(page) => ({ 'aria-label': words.page(page) })}
                  getControlProps={(control) => ({
                    'aria-label': control === 'next' ? words.next : words.previous,
                  })}
                />
              </Group>
            ) : null}
          </>
        )}
      </Queried>
    </Page>
  );
}
