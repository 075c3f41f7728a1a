import { Paper, Stack, Text, Title } from '@mantine/core';
import type { DryRunView } from '#contracts/client/types.gen.js';
import { workshopTexts } from '../parts/workshop.texts.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { ChannelDecision } from './channel-decision.js';
import { RenderedMessage } from './rendered-message.js';
import { simulateTexts } from './simulate.texts.js';

export type Rehearsed = DryRunView['notifications'][number];

/** One person's ladder of channels in order, each with its reason and its message. */
export function RecipientPlan({ notification }: { notification: Rehearsed }) {
  const words = useTexts(simulateTexts);
  const formats = useFormats();
  const names = useTexts(workshopTexts).channels;
  const { recipient_id, recipient_name, channels, decision, held_until, messages } = notification;
  return (
    <Paper withBorder p="md" component="article" aria-label={recipient_name ?? recipient_id}>
      <Stack gap="md">
        <div>
          <Title order={2} size="h4">
            {recipient_name ?? recipient_id}
          </Title>
          <Text size="sm">
            {channels.length > 0
              ? words.ladder(channels.map((channel) => names[channel]))
              : words.noLadder}
          </Text>
          {held_until ? <Text size="sm">{words.held(formats.moment(held_until))}</Text> : null}
        </div>
        {decision.map((entry) => {
          const message = messages.find(({ channel }) => channel === entry.channel);
          return (
            <ChannelDecision key={entry.channel} decision={entry}>
              {message ? <RenderedMessage message={message} /> : null}
            </ChannelDecision>
          );
        })}
      </Stack>
    </Paper>
  );
}
