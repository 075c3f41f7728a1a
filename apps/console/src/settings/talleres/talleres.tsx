import {
  Badge,
  Button,
  Card,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { getTaller, listTalleres } from '#contracts/client/sdk.gen.js';
import type { TallerView } from '#contracts/client/types.gen.js';
import { Empty, Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { askTagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { ItemDrawer } from '../item-drawer.js';
import { Pager } from '../pager.js';
import { settingsTexts } from '../settings.texts.js';
import { TallerForm } from './taller-form.js';
import { talleresTexts } from './talleres.texts.js';

const pageSize = 20;

export function Talleres() {
  const all = useTexts(settingsTexts);
  const words = useTexts(talleresTexts);
  const { busca = '', pagina = 1 } = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const [opened, open] = useState<string | 'new' | null>(null);
  const query = { search: busca, page: pagina, page_size: pageSize };
  const talleres = useQuery({
    queryKey: ['talleres', query],
    queryFn: ({ signal }) => ask(listTalleres({ query, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack>
      <Group align="flex-end">
        <TextInput
          label={all.search}
          type="search"
          value={busca}
          onChange={({ currentTarget: { value } }) =>
            navigate({ search: { ver: 'talleres', busca: value }, replace: true })
          }
        />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
          {words.add}
        </Button>
      </Group>
      <Queried query={talleres}>
        {({ count, results }) => (
          <>
            {results.length === 0 ? <Empty>{words.empty}</Empty> : null}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {results.map((taller) => (
                <TallerCard key={taller.id} taller={taller} open={() => open(taller.id)} />
              ))}
            </SimpleGrid>
            <Pager
              page={pagina}
              pageSize={pageSize}
              count={count}
              go={(page) => navigate({ search: { ver: 'talleres', busca, pagina: page } })}
            />
          </>
        )}
      </Queried>
      {opened ? (
        <ItemDrawer
          kind="taller"
          id={opened}
          words={words}
          read={(id, signal) => askTagged(getTaller({ path: { id }, signal }))}
          close={() => open(null)}
          form={TallerForm}
        />
      ) : null}
    </Stack>
  );
}

function TallerCard({ taller, open }: { taller: TallerView; open: () => void }) {
  const all = useTexts(settingsTexts);
  const words = useTexts(talleresTexts);
  const { name, slug, time_zone, quiet_hours_from: from, quiet_hours_to: to, is_active } = taller;
  return (
    <Card withBorder component="article" aria-label={name}>
      <Stack gap="xs" align="flex-start">
        <Group justify="space-between" w="100%">
          <Title order={2} size="h5">
            {name}
          </Title>
          <Badge variant="light" color={is_active ? 'green' : 'gray'}>
            {is_active ? all.active : all.inactive}
          </Badge>
        </Group>
        <Text size="sm">{`${slug} · ${time_zone}`}</Text>
        <Text size="sm" c="dimmed">
          {from && to ? `${words.quiet}: ${words.between(from, to)}` : words.noQuiet}
        </Text>
        <Button size="xs" variant="default" onClick={open} aria-label={all.editOf(name)}>
          {all.edit}
        </Button>
      </Stack>
    </Card>
  );
}
