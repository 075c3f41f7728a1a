import { Badge, Card, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { clearSandboxFaults, putSandboxFault } from '#contracts/client/sdk.gen.js';
import type { SandboxFaultView } from '#contracts/client/types.gen.js';
import { useSave } from '../parts/use-save.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { sandboxTexts } from './sandbox.texts.js';

const channels = ['email', 'whatsapp', 'push'] as const;
type Kind = SandboxFaultView['kind'];

/** By channel, how its provider behaves from now on. */
export function FaultSwitches({ faults }: { faults: SandboxFaultView[] }) {
  const words = useTexts(sandboxTexts);
  return (
    <Card withBorder component="section" aria-labelledby="failures">
      <Stack gap="sm">
        <Title order={2} size="h4" id="failures">
          {words.failures}
        </Title>
        <Text size="sm" c="dimmed">
          {words.failuresLead}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {channels.map((channel) => (
            <FaultSwitch
              key={channel}
              channel={channel}
              fault={faults.find((fault) => fault.channel === channel && fault.to === null)}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

function FaultSwitch({
  channel,
  fault,
}: {
  channel: SandboxFaultView['channel'];
  fault: SandboxFaultView | undefined;
}) {
  const words = useTexts(sandboxTexts);
  const save = useSave<Kind | undefined>({
    save: (kind) =>
      kind
        ? ask(putSandboxFault({ body: { channel, kind } }))
        : ask(clearSandboxFaults({ query: { channel } })),
    said: words.changed,
    refreshes: [['sandbox']],
    tellsFailure: true,
  });
  const kinds = Object.entries(words.faults).map(([value, label]) => ({ value, label }));
  const kindOf = (value: string) => kinds.find((each) => each.value === value)?.value as Kind;
  return (
    <NativeSelect
      label={
        <Group gap="xs" component="span" display="inline-flex">
          {words.channels[channel]}
          {fault ? (
            <Badge color="red" variant="light" leftSection={<IconAlertTriangle size={12} />}>
              {words.failsNow}
            </Badge>
          ) : (
            <Badge color="green" variant="light" leftSection={<IconCheck size={12} />}>
              {words.works}
            </Badge>
          )}
        </Group>
      }
      aria-label={words.channels[channel]}
      data={[{ value: '', label: words.works }, ...kinds]}
      value={fault?.kind ?? ''}
      disabled={save.isPending}
      onChange={({ currentTarget: { value } }) => save.mutate(value ? kindOf(value) : undefined)}
    />
  );
}
