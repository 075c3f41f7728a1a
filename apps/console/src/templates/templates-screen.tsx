import { Anchor, Badge, Button, Group, Pagination, Table, Text } from '@mantine/core';
import { IconMap2, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { listTemplates } from '#contracts/client/sdk.gen.js';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { placesTexts } from './places.texts.js';
import type { Filters } from './search.js';
import { TemplateFilters } from './template-filters.js';
import { templatesTexts } from './templates.texts.js';
import { usePlaces } from './use-places.js';

const pageSize = 25;

export function TemplatesScreen() {
  const words = useTexts(templatesTexts);
  const filters = useSearch({ from: '/plantillas' });
  const navigate = useNavigate({ from: '/plantillas' });
  const narrow = (search: Filters) => navigate({ search, replace: true });
  const templates = useQuery({
    queryKey: ['templates', filters],
    queryFn: ({ signal }) =>
      ask(listTemplates({ signal, query: { ...filters, page_size: pageSize } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={words.title} lead={words.lead} actions={<Actions />}>
      <TemplateFilters filters={filters} narrow={narrow} />
      <Queried query={templates} isEmpty={({ count }) => count === 0} empty={words.empty}>
        {({ count, results }) => (
          <>
            <Text size="sm" c="dimmed" role="status">
              {words.found(count)}
            </Text>
            <TemplateTable templates={results} />
            {count > pageSize ? (
              <Pagination
                aria-label={words.pages}
                total={Math.ceil(count / pageSize)}
                value={filters.page ?? 1}
                onChange={(page) => narrow({ ...filters, page })}
                getControlProps={(control) => ({ 'aria-label': words.page[control] })}
              />
            ) : null}
          </>
        )}
      </Queried>
    </Page>
  );
}

function Actions() {
  const words = useTexts(templatesTexts);
  return (
    <>
      <Button
        component={Link}
        to="/plantillas/cobertura"
        variant="default"
        leftSection={<IconMap2 size={16} aria-hidden />}
      >
        {words.coverage}
      </Button>
      <Button
        component={Link}
        to="/plantillas/nueva"
        leftSection={<IconPlus size={16} aria-hidden />}
      >
        {words.make}
      </Button>
    </>
  );
}

function TemplateTable({ templates }: { templates: TemplateView[] }) {
  const words = useTexts(templatesTexts);
  const places = useTexts(placesTexts);
  return (
    <Table.ScrollContainer
      minWidth={760}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.table },
      }}
    >
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th>{places.channel}</Table.Th>
            <Table.Th>{places.target}</Table.Th>
            <Table.Th>{places.taller}</Table.Th>
            <Table.Th>{words.version}</Table.Th>
            <Table.Th>{words.changed}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {templates.map((template) => (
            <TemplateRow key={template.id} template={template} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function TemplateRow({ template }: { template: TemplateView }) {
  const words = useTexts(templatesTexts);
  const places = useTexts(placesTexts);
  const formats = useFormats();
  const { nameOf } = usePlaces();
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Anchor
            renderRoot={(props) => (
              <Link {...props} to="/plantillas/$id" params={{ id: template.id }} />
            )}
          >
            {template.name}
          </Anchor>
          {template.is_active ? null : (
            <Badge variant="light" color="gray">
              {places.inactive}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{places.channels[template.channel]}</Table.Td>
      <Table.Td>{places.targets[template.target]}</Table.Td>
      <Table.Td>
        {template.taller_slug ? nameOf('talleres', template.taller_slug) : words.global}
      </Table.Td>
      <Table.Td>{template.version}</Table.Td>
      <Table.Td>{formats.ago(template.updated_at)}</Table.Td>
    </Table.Tr>
  );
}
