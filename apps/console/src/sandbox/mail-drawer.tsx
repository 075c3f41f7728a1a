import { Anchor, Code, Drawer, Stack, Table, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getSandboxMessage } from '#contracts/client/sdk.gen.js';
import type { SandboxMessageDetail } from '#contracts/client/types.gen.js';
import { Empty, Queried } from '../parts/states.js';
import { ask, ServiceProblem } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { sandboxTexts } from './sandbox.texts.js';

/** One mail in full: as the person sees it, as text, its HTML, and its headers. */
export function MailDrawer({ id, close }: { id: number | undefined; close: () => void }) {
  const words = useTexts(sandboxTexts);
  const message = useQuery({
    queryKey: ['sandbox-message', id],
    queryFn: ({ signal }) => ask(getSandboxMessage({ path: { id: String(id) }, signal })),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isGone = message.error instanceof ServiceProblem && message.error.status === 404;
  return (
    <Drawer
      opened={id !== undefined}
      onClose={close}
      position="right"
      size="xl"
      title={message.data?.subject ?? words.channels.email}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {isGone ? (
        <Empty>{words.gone}</Empty>
      ) : (
        <Queried query={message}>{(data) => <Mail message={data} />}</Queried>
      )}
    </Drawer>
  );
}

function Mail({ message }: { message: SandboxMessageDetail }) {
  const words = useTexts(sandboxTexts);
  const formats = useFormats();
  const { to, at, event_id, html, text, headers } = message;
  return (
    <Stack gap="sm">
      <Text size="sm">{`${to} · ${formats.exact(at)}`}</Text>
      {event_id ? <Anchor href={`/notificaciones/${event_id}`}>{words.event}</Anchor> : null}
      <Tabs defaultValue={html ? 'html' : 'text'} keepMounted={false}>
        <Tabs.List>
          {(['html', 'text', 'source', 'headers'] as const).map((view) => (
            <Tabs.Tab key={view} value={view}>
              {words.views[view]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="html" pt="sm">
          {html ? <Frame html={html} /> : <Empty>{words.noHtml}</Empty>}
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="sm">
          {text ? (
            <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</Text>
          ) : (
            <Empty>{words.noText}</Empty>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="source" pt="sm">
          <Code block tabIndex={0} aria-label={words.views.source}>
            {html ?? ''}
          </Code>
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="sm">
          <Headers headers={headers} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** Without scripts, forms or a way to this page: what stands in a mail came from outside. */
function Frame({ html }: { html: string }) {
  const words = useTexts(sandboxTexts);
  return (
    <iframe
      title={words.mailFrame}
      sandbox=""
      srcDoc={html}
      style={{ width: '100%', height: '65vh', border: 0, background: '#fff', colorScheme: 'light' }}
    />
  );
}

function Headers({ headers }: { headers: Record<string, string> }) {
  const words = useTexts(sandboxTexts);
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.header}</Table.Th>
          <Table.Th>{words.value}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {Object.entries(headers).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
