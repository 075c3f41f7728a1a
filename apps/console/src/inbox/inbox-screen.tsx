import { Button, Group, Pagination, Stack } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';
import { InboxFilters } from './inbox-filters.js';
import { pageSize, useInbox } from './inbox-queries.js';
import { LiveSign } from './live-sign.js';
import { NoticeCard } from './notice-card.js';
import { NotifySwitch } from './notify-switch.js';
import type { InboxSearch } from './route.js';
import { useMarks } from './use-marks.js';

const route = getRouteApi('/avisos');

/** What staff should see, as it comes. */
export function InboxScreen() {
  const words = useTexts(inboxTexts);
  const search = route.useSearch();
  const navigate = useNavigate();
  const inbox = useInbox(search);
  const { one, all } = useMarks();
  const go = (to: InboxSearch) => navigate({ to: '/avisos', search: to, replace: true });
  const isFiltered = Boolean(search.taller || search.phase || search.unread);
  const upTo = Math.max(0, ...(inbox.data?.results ?? []).map(({ number }) => number));
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Button
          variant="default"
          leftSection={<IconChecks size={18} aria-hidden />}
          loading={all.isPending}
          disabled={upTo === 0}
          onClick={() => all.mutate({ upTo, search })}
        >
          {words.readAll}
        </Button>
      }
    >
      <Group justify="space-between">
        <LiveSign />
        <NotifySwitch />
      </Group>
      <InboxFilters search={search} onChange={go} />
      <Queried
        query={inbox}
        isEmpty={({ count }) => count === 0}
        empty={isFiltered ? words.emptyFiltered : words.empty}
      >
        {({ results, count }) => (
          <Stack gap="sm">
            <Stack component="ul" gap="sm" p={0} m={0} aria-label={words.list}>
              {results.map((notice) => (
                <NoticeCard key={notice.id} notice={notice} onRead={() => one.mutate(notice.id)} />
              ))}
            </Stack>
            {count > pageSize ? (
              <Pagination
                aria-label={words.pages}
                total={Math.ceil(count / pageSize)}
                value={search.page ?? 1}
                onChange={(page) => go({ ...search, page })}
              />
            ) : null}
          </Stack>
        )}
      </Queried>
    </Page>
  );
}
