import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { listApiKeys } from '#contracts/client/sdk.gen.js';
import type { ApiKeyView } from '#contracts/client/types.gen.js';
import { Empty, Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { Pager } from '../pager.js';
import { ApiKeyTable } from './api-key-table.js';
import { apiKeysTexts } from './api-keys.texts.js';
import { MakeKey } from './make-key.js';
import { RotateKey } from './rotate-key.js';

const pageSize = 20;

/** Who may call, and for what. */
export function ApiKeys() {
  const words = useTexts(apiKeysTexts);
  const { pagina = 1 } = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const [isMaking, setMaking] = useState(false);
  const [rotating, rotate] = useState<ApiKeyView | null>(null);
  const query = { page: pagina, page_size: pageSize };
  const keys = useQuery({
    queryKey: ['api-keys', query],
    queryFn: ({ signal }) => ask(listApiKeys({ query, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={600}>
          {words.lead}
        </Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {words.add}
        </Button>
      </Group>
      <Queried query={keys}>
        {({ count, results }) => (
          <>
            {results.length === 0 ? (
              <Empty>{words.empty}</Empty>
            ) : (
              <ApiKeyTable keys={results} rotate={rotate} />
            )}
            <Pager
              page={pagina}
              pageSize={pageSize}
              count={count}
              go={(page) => navigate({ search: { ver: 'claves', pagina: page } })}
            />
          </>
        )}
      </Queried>
      {isMaking ? <MakeKey close={() => setMaking(false)} /> : null}
      {rotating ? <RotateKey old={rotating} close={() => rotate(null)} /> : null}
    </Stack>
  );
}
