import { Anchor, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconHome } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CoverageCellView } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { coverageTexts } from './coverage.texts.js';
import { placesTexts } from './places.texts.js';
import { channelNames, targetNames } from './search.js';
import { usePlaces } from './use-places.js';

interface Cells {
  cells: CoverageCellView[];
  /** Whose a template is to be that is written from here. */
  taller: string | undefined;
}

/** One table for each service type: phases down, channels for customers and for staff across. */
export function CoverageTable({ cells, taller }: Cells) {
  const { nameOf } = usePlaces();
  const services = [...new Set(cells.map((cell) => cell.service_type_slug))];
  return services.map((service) => (
    <Stack key={service} gap="xs">
      <Title order={2} size="h4">
        {nameOf('services', service)}
      </Title>
      <ServiceTable
        service={nameOf('services', service)}
        cells={cells.filter((cell) => cell.service_type_slug === service)}
        taller={taller}
      />
    </Stack>
  ));
}

function ServiceTable({ service, cells, taller }: Cells & { service: string }) {
  const places = useTexts(placesTexts);
  const { nameOf } = usePlaces();
  const phases = [...new Set(cells.map((cell) => cell.phase_slug))];
  const columns = targetNames.flatMap((target) =>
    channelNames.map((channel) => ({ target, channel })),
  );
  return (
    <Table.ScrollContainer
      minWidth={820}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': service } }}
    >
      <Table withTableBorder withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{places.phase}</Table.Th>
            {columns.map(({ target, channel }) => (
              <Table.Th scope="col" key={`${target} ${channel}`}>
                {places.channels[channel]} · {places.targets[target]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {phases.map((phase) => (
            <Table.Tr key={phase}>
              <Table.Th scope="row">{nameOf('phases', phase)}</Table.Th>
              {columns.map(({ target, channel }) => {
                const cell = cells.find(
                  (each) =>
                    each.phase_slug === phase && each.target === target && each.channel === channel,
                );
                return (
                  <Table.Td key={`${target} ${channel}`}>
                    {cell ? <Cell cell={cell} taller={taller} /> : null}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Cell({ cell, taller }: { cell: CoverageCellView; taller: string | undefined }) {
  const words = useTexts(coverageTexts);
  const places = useTexts(placesTexts);
  const { nameOf } = usePlaces();
  const { template_id: id, template_name: name, state } = cell;
  if (state === 'missing') {
    const place = [
      nameOf('services', cell.service_type_slug),
      nameOf('phases', cell.phase_slug),
      places.channels[cell.channel],
      places.targets[cell.target],
    ].join(' · ');
    return (
      <Sign color="red" Icon={IconAlertTriangle}>
        <Anchor
          size="sm"
          aria-label={words.write(place)}
          renderRoot={(props) => (
            <Link
              {...props}
              to="/plantillas/nueva"
              search={{
                channel: cell.channel,
                target: cell.target,
                service_type: cell.service_type_slug,
                phase: cell.phase_slug,
                ...(taller && { taller }),
              }}
            />
          )}
        >
          {words.states.missing}
        </Anchor>
      </Sign>
    );
  }
  const isOwn = cell.source?.startsWith('taller') ?? false;
  const label = state === 'off' ? 'off' : isOwn ? 'own' : 'global';
  const Icon = state === 'off' ? IconBan : isOwn ? IconHome : IconCheck;
  if (!id || !name) {
    return (
      <Sign color="gray" Icon={Icon}>
        <Text size="sm" c="dimmed" title={words.offHere}>
          {words.states[label]}
        </Text>
      </Sign>
    );
  }
  return (
    <Sign color={state === 'off' ? 'gray' : 'green'} Icon={Icon}>
      <Anchor
        size="sm"
        aria-label={words.open(words.states[label], name)}
        renderRoot={(props) => <Link {...props} to="/plantillas/$id" params={{ id }} />}
      >
        {words.states[label]}
      </Anchor>
    </Sign>
  );
}

function Sign({
  color,
  Icon,
  children,
}: {
  color: string;
  Icon: typeof IconCheck;
  children: React.ReactNode;
}) {
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} color={`var(--mantine-color-${color}-6)`} aria-hidden />
      {children}
    </Group>
  );
}
