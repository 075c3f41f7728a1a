import { SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { clearSandboxMessages, getSandbox } from '#contracts/client/sdk.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Page } from '../parts/page.js';
import { Empty, Queried } from '../parts/states.js';
import { useSave } from '../parts/use-save.js';
import { ask, ServiceProblem } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { ArrivedColumn } from './arrived-column.js';
import { FaultSwitches } from './fault-switches.js';
import { MailDrawer } from './mail-drawer.js';
import { sandboxTexts } from './sandbox.texts.js';

const columns = ['email', 'whatsapp', 'push'] as const;

/** What arrived in the world outside that development has, as each person would see it. */
export function SandboxScreen() {
  const words = useTexts(sandboxTexts);
  const { para, mensaje } = useSearch({ from: '/bandeja' });
  const navigate = useNavigate({ from: '/bandeja' });
  const sandbox = useQuery({
    queryKey: ['sandbox'],
    queryFn: ({ signal }) => ask(getSandbox({ signal })),
    refetchInterval: ({ state }) => (isAbsent(state.error) ? false : 3000),
  });
  const clear = useSave({
    save: () => ask(clearSandboxMessages()),
    said: words.cleared,
    refreshes: [['sandbox'], ['sandbox-messages']],
  });
  const open = (id: number | undefined) =>
    navigate({ search: { ...(para && { para }), ...(id && { mensaje: id }) } });
  if (isAbsent(sandbox.error)) {
    return (
      <Page title={words.title}>
        <Empty>{words.none}</Empty>
      </Page>
    );
  }
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <ConfirmedButton
          size="xs"
          variant="light"
          color="red"
          question={words.clearQuestion}
          consequence={words.clearConsequence}
          verb={words.clearYes}
          act={() => clear.mutateAsync()}
        >
          {words.clear}
        </ConfirmedButton>
      }
    >
      <Queried query={sandbox}>
        {({ arrived, faults }) => (
          <>
            <FaultSwitches faults={faults} />
            <TextInput
              label={words.recipient}
              description={words.recipientHint}
              value={para ?? ''}
              maw={420}
              type="search"
              onChange={({ currentTarget: { value } }) =>
                navigate({ search: value ? { para: value } : {}, replace: true })
              }
            />
            <SimpleGrid cols={{ base: 1, md: 3 }} verticalSpacing="lg">
              {columns.map((channel) => (
                <ArrivedColumn
                  key={channel}
                  channel={channel}
                  to={para}
                  total={arrived[channel]}
                  open={open}
                />
              ))}
            </SimpleGrid>
          </>
        )}
      </Queried>
      <MailDrawer id={mensaje} close={() => open(undefined)} />
    </Page>
  );
}

/** Whether the service said that it has no sandbox; it will have none until it is started anew. */
function isAbsent(error: Error | null): boolean {
  return error instanceof ServiceProblem && error.status === 404;
}
