import { Card, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ProviderCheckView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../../parts/confirmed-button.js';
import { useSave } from '../../parts/use-save.js';
import { useTexts } from '../../text/language.js';
import { EditForm } from '../edit-drawer.js';
import { settingsTexts } from '../settings.texts.js';
import { channelsTexts } from './channels.texts.js';
import { TryButton } from './try-button.js';

interface OwnChannelProps {
  taller: string;
  channel: 'email' | 'whatsapp';
  /** Whether the taller has settings of its own. */
  isOwn: boolean;
  put: () => Promise<unknown>;
  test: () => Promise<ProviderCheckView>;
  drop: () => Promise<unknown>;
  /** The fields, told why the last try to save was refused. */
  children: (error: unknown) => ReactNode;
}

/** One channel of a taller: its form, a way to try it, and the way back to the house's. */
export function OwnChannel(props: OwnChannelProps) {
  const { taller, channel, isOwn, put, test, drop, children } = props;
  const all = useTexts(settingsTexts);
  const words = useTexts(channelsTexts);
  const refreshes = [['channel-settings', taller]];
  const save = useSave({ save: put, said: all.saved, refreshes });
  const back = useSave({ save: drop, said: words.dropped, refreshes });
  return (
    <Card withBorder component="section" aria-label={words[channel]}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {words[channel]}
        </Title>
        {isOwn ? null : (
          <Text size="sm" c="dimmed">
            {words.usesHouse}
          </Text>
        )}
        <EditForm
          error={save.error}
          isSaving={save.isPending}
          save={() => save.mutate()}
          saveLabel={words.saveOf(words[channel])}
          more={
            isOwn ? (
              <ConfirmedButton
                size="xs"
                variant="light"
                color="red"
                question={words.dropQuestion}
                consequence={words.dropConsequence}
                verb={words.dropYes}
                act={() => back.mutateAsync()}
              >
                {words.drop}
              </ConfirmedButton>
            ) : null
          }
        >
          {children(save.error)}
        </EditForm>
        {isOwn ? <TryButton channel={words[channel]} ask={test} /> : null}
      </Stack>
    </Card>
  );
}
