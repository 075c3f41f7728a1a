import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getHouseChannels, testHouseChannel } from '#contracts/client/sdk.gen.js';
import type { HouseChannelsView } from '#contracts/client/types.gen.js';
import { Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { channelsTexts } from './channels.texts.js';
import { TryButton } from './try-button.js';

const channels = ['email', 'whatsapp', 'push'] as const;

/** What the environment sets, seen and tried. */
export function HouseChannels() {
  const words = useTexts(channelsTexts);
  const house = useQuery({
    queryKey: ['house-channels'],
    queryFn: ({ signal }) => ask(getHouseChannels({ signal })),
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {words.houseNote}
      </Text>
      <Queried query={house}>
        {(view) => (
          <SimpleGrid cols={{ base: 1, md: 3 }}>
            {channels.map((channel) => (
              <HouseChannel key={channel} channel={channel} view={view} />
            ))}
          </SimpleGrid>
        )}
      </Queried>
    </Stack>
  );
}

interface HouseChannelProps {
  channel: (typeof channels)[number];
  view: HouseChannelsView;
}

function HouseChannel({ channel, view }: HouseChannelProps) {
  const words = useTexts(channelsTexts);
  const facts = useFacts(channel, view);
  return (
    <Card withBorder component="section" aria-label={words[channel]}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {words[channel]}
        </Title>
        {facts.length === 0 ? <Text size="sm">{words.missing}</Text> : null}
        {facts.map(([name, value]) => (
          <Text size="sm" key={name} style={{ overflowWrap: 'anywhere' }}>
            <Text span c="dimmed">{`${name}: `}</Text>
            {value}
          </Text>
        ))}
        <TryButton
          channel={words[channel]}
          ask={() => ask(testHouseChannel({ path: { channel } }))}
        />
      </Stack>
    </Card>
  );
}

function useFacts(channel: HouseChannelProps['channel'], view: HouseChannelsView) {
  const words = useTexts(channelsTexts);
  const isSet = (set: boolean) => (set ? words.set : words.unset);
  const { email, whatsapp, push } = view;
  const facts: Record<HouseChannelProps['channel'], [string, string][]> = {
    email: [
      [words.host, `${email.host}:${email.port}`],
      [words.security, words.securities[email.security]],
      [words.user, email.user ?? words.noUser],
      [words.password, isSet(email.password_set)],
      [words.from, email.from_email],
    ],
    whatsapp: whatsapp
      ? [
          [words.url, whatsapp.api_url],
          [words.instance, whatsapp.instance],
          [words.key, isSet(whatsapp.api_key_set)],
        ]
      : [],
    push: push
      ? [
          [words.publicKey, push.public_key],
          [words.contact, push.subject.replace('mailto:', '')],
        ]
      : [],
  };
  return facts[channel];
}
