import { Badge, Button, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listTemplateVersions } from '#contracts/client/sdk.gen.js';
import type { TemplateVersionView, TemplateView } from '#contracts/client/types.gen.js';
import { Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import type { Tagged } from '../../service/tagged.js';
import { useFormats } from '../../text/formats.js';
import { useTexts } from '../../text/language.js';
import type { Draft } from '../draft.js';
import { VersionDialog } from './version-dialog.js';
import { versionsTexts } from './versions.texts.js';

interface VersionsProps {
  template: TemplateView;
  /** What is in the editor. */
  draft: Draft;
  etag: string;
  restored: (state: Tagged<TemplateView>) => void;
}

const step = 10;

/** The texts that the template has and had, the newest first. */
export function Versions({ template, draft, etag, restored }: VersionsProps) {
  const words = useTexts(versionsTexts);
  const [size, show] = useState(step);
  const [chosen, choose] = useState<TemplateVersionView | null>(null);
  const versions = useQuery({
    queryKey: ['template-versions', template.id, size],
    queryFn: ({ signal }) =>
      ask(listTemplateVersions({ signal, path: { id: template.id }, query: { page_size: size } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={words.title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.title}
        </Title>
        <Text size="sm" c="dimmed">
          {words.lead}
        </Text>
        <Queried query={versions}>
          {({ count, results }) => (
            <>
              <VersionTable versions={results} choose={choose} />
              {count > results.length && size < 100 ? (
                <Button variant="default" onClick={() => show(Math.min(size + step, 100))}>
                  {words.more}
                </Button>
              ) : null}
            </>
          )}
        </Queried>
      </Stack>
      {chosen ? (
        <VersionDialog
          channel={template.channel}
          version={chosen}
          draft={draft}
          etag={etag}
          close={() => choose(null)}
          restored={(state) => {
            choose(null);
            restored(state);
          }}
        />
      ) : null}
    </Paper>
  );
}

function VersionTable({
  versions,
  choose,
}: {
  versions: TemplateVersionView[];
  choose: (version: TemplateVersionView) => void;
}) {
  const words = useTexts(versionsTexts);
  const formats = useFormats();
  return (
    <Table.ScrollContainer
      minWidth={360}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': words.table },
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.version}</Table.Th>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th aria-label={words.look} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version) => (
            <Table.Tr key={version.id}>
              <Table.Td>
                {version.version}{' '}
                {version.is_current ? <Badge variant="light">{words.current}</Badge> : null}
              </Table.Td>
              <Table.Td>{formats.moment(version.created_at)}</Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={words.compare(version.version)}
                  onClick={() => choose(version)}
                >
                  {words.look}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
