import { Card, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ChannelSettingsView, ProviderCheckView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../../parts/confirmed-button.js';
import { useSave } from '../../parts/use-save.js';
import type { Tagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { EditForm } from '../edit-drawer.js';
import { settingsTexts } from '../settings.texts.js';
import { channelsTexts } from './channels.texts.js';
import { TryButton } from './try-button.js';

/** The settings of a taller's channels that a form was begun from. */
export interface SeenSettings {
  taller: string;
  /** Of all channels. */
  etag: string;
  /** Begins the form anew from what is there now. */
  readAgain: () => void;
}

interface OwnChannelProps {
  seen: SeenSettings;
  channel: 'email' | 'whatsapp';
  /** Whether the taller has settings of its own. */
  isOwn: boolean;
  /** Resolves with what was put, and the tag of all channels since. */
  put: () => Promise<Tagged<Partial<ChannelSettingsView>>>;
  test: () => Promise<ProviderCheckView>;
  drop: () => Promise<unknown>;
  /** The fields, told why the last try to save was refused. */
  children: (error: unknown) => ReactNode;
}

/** One channel of a taller: its form, a way to try it, and the way back to the house's. */
export function OwnChannel(props: OwnChannelProps) {
  const { seen, channel, isOwn, put, test, drop, children } = props;
  const all = useTexts(settingsTexts);
  const words = useTexts(channelsTexts);
  const client = useQueryClient();
  const queryKey = ['channel-settings', seen.taller];
  const save = useSave({
    save: put,
    said: all.saved,
    refreshes: [],
    // What was saved was saved over what was seen: the other channel is as it was.
    after: ({ data, etag }) =>
      client.setQueryData<Tagged<ChannelSettingsView>>(
        queryKey,
        (before) => before && { data: { ...before.data, ...data }, etag },
      ),
  });
  const back = useSave({ save: drop, said: words.dropped, refreshes: [queryKey] });
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
          readAgain={seen.readAgain}
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
