import { Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { listAudit } from '#contracts/client/sdk.gen.js';
import { Empty, Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { Pager } from '../pager.js';
import type { SettingsSearch } from '../route.js';
import { auditTexts } from './audit.texts.js';
import { AuditEntry } from './audit-entry.js';
import { AuditFilters } from './audit-filters.js';

const pageSize = 20;

/** Who changed what, the newest first. */
export function AuditTrail() {
  const words = useTexts(auditTexts);
  const search = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const query = queryOf(search);
  const entries = useQuery({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => ask(listAudit({ query, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <AuditFilters />
      <Queried query={entries}>
        {({ count, results }) => (
          <>
            {results.length === 0 ? <Empty>{words.empty}</Empty> : null}
            {results.map((entry) => (
              <AuditEntry key={entry.id} entry={entry} />
            ))}
            <Pager
              page={search.pagina ?? 1}
              pageSize={pageSize}
              count={count}
              go={(page) => navigate({ search: { ...search, pagina: page } })}
            />
          </>
        )}
      </Queried>
    </Stack>
  );
}

/** Days are meant by the browser's clock, the last one to its end. */
function queryOf({ busca, recurso, accion, desde, hasta, pagina = 1 }: SettingsSearch) {
  const dayAfter = hasta && new Date(Date.parse(`${hasta}T00:00:00`) + 86_400_000);
  return {
    page: pagina,
    page_size: pageSize,
    ...(busca && { search: busca }),
    ...(recurso && { resource: recurso }),
    ...(accion && { action: accion }),
    ...(desde && { created_after: new Date(`${desde}T00:00:00`).toISOString() }),
    ...(dayAfter && { created_before: dayAfter.toISOString() }),
  };
}
