import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { getStaffMember, listStaffMembers } from '#contracts/client/sdk.gen.js';
import type { StaffMemberView } from '#contracts/client/types.gen.js';
import { Empty, Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { askTagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { ItemDrawer } from '../item-drawer.js';
import { useTalleres, useTallerNames } from '../known-talleres.js';
import { Pager } from '../pager.js';
import { settingsTexts } from '../settings.texts.js';
import { usePhases } from './known-phases.js';
import { staffTexts } from './staff.texts.js';
import { StaffForm } from './staff-form.js';

const pageSize = 20;

export function Staff() {
  const all = useTexts(settingsTexts);
  const words = useTexts(staffTexts);
  const { busca = '', taller = '', pagina = 1 } = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const { data: talleres = [] } = useTalleres();
  const [opened, open] = useState<string | 'new' | null>(null);
  const query = {
    search: busca,
    page: pagina,
    page_size: pageSize,
    ...(taller && { taller_id: taller }),
  };
  const staff = useQuery({
    queryKey: ['staff', query],
    queryFn: ({ signal }) => ask(listStaffMembers({ query, signal })),
    placeholderData: keepPreviousData,
  });
  const find = (more: { busca?: string; taller?: string; pagina?: number }) =>
    navigate({ search: { ver: 'personal', busca, taller, ...more }, replace: true });
  return (
    <Stack>
      <Group align="flex-end">
        <TextInput
          label={all.search}
          type="search"
          value={busca}
          onChange={({ currentTarget: { value } }) => find({ busca: value })}
        />
        <NativeSelect
          label={all.taller}
          value={taller}
          data={[
            { value: '', label: all.allTalleres },
            ...talleres.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => find({ taller: value })}
        />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
          {words.add}
        </Button>
      </Group>
      <Queried query={staff}>
        {({ count, results }) => (
          <>
            {results.length === 0 ? (
              <Empty>{words.empty}</Empty>
            ) : (
              <People people={results} open={open} />
            )}
            <Pager
              page={pagina}
              pageSize={pageSize}
              count={count}
              go={(page) => find({ pagina: page })}
            />
          </>
        )}
      </Queried>
      {opened ? (
        <ItemDrawer
          kind="staff-member"
          id={opened}
          words={words}
          read={(id, signal) => askTagged(getStaffMember({ path: { id }, signal }))}
          close={() => open(null)}
          form={StaffForm}
        />
      ) : null}
    </Stack>
  );
}

function People({ people, open }: { people: StaffMemberView[]; open: (id: string) => void }) {
  const all = useTexts(settingsTexts);
  const words = useTexts(staffTexts);
  return (
    <Table.ScrollContainer
      minWidth={760}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.list },
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{all.name}</Table.Th>
            <Table.Th>{words.contact}</Table.Th>
            <Table.Th>{all.taller}</Table.Th>
            <Table.Th>{words.follows}</Table.Th>
            <Table.Th>{all.actions}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Person key={person.id} person={person} open={() => open(person.id)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Person({ person, open }: { person: StaffMemberView; open: () => void }) {
  const all = useTexts(settingsTexts);
  const words = useTexts(staffTexts);
  const nameOf = useTallerNames();
  const { data: phases = [] } = usePhases();
  const followed = phases.filter(({ id }) => person.phase_ids.includes(id));
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {person.name}
        </Text>
        {person.is_active ? null : (
          <Badge variant="light" color="gray">
            {all.inactive}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{person.email}</Text>
        <Text size="sm">{person.phone}</Text>
      </Table.Td>
      <Table.Td>{nameOf(person.taller_id)}</Table.Td>
      <Table.Td>
        {followed.length > 0 ? followed.map(({ name }) => name).join(', ') : words.followsNone}
      </Table.Td>
      <Table.Td>
        <Button size="xs" variant="default" onClick={open} aria-label={all.editOf(person.name)}>
          {all.edit}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
