import { Code, Stack, Text, Timeline, Title } from '@mantine/core';
import {
  IconArrowDown,
  IconCheck,
  IconCircle,
  IconClockPause,
  IconFlag,
  IconInbox,
  IconMailOpened,
  IconMinus,
  IconRefresh,
  IconSend,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { TimelineEntry } from '#contracts/client/types.gen.js';
import { causeTexts } from '../parts/cause-words.texts.js';
import { ownDetailsTexts } from '../parts/own-details.texts.js';
import { useFormats } from '../text/formats.js';
import { useLanguage, useTexts } from '../text/language.js';
import { notificationTexts } from './notification.texts.js';

const icons: Record<TimelineEntry['kind'], TablerIcon> = {
  received: IconInbox,
  planned: IconCircle,
  left_out: IconMinus,
  attempt_started: IconSend,
  attempt_ended: IconX,
  next_rung: IconArrowDown,
  held: IconClockPause,
  receipt: IconMailOpened,
  ended: IconFlag,
  replayed: IconRefresh,
  replay_refused: IconX,
  replay_of: IconRefresh,
};

/** All that happened, oldest first, as the service tells it in the reader's language. */
export function StepByStep({ entries }: { entries: readonly TimelineEntry[] }) {
  const words = useTexts(notificationTexts);
  const formats = useFormats();
  const { language } = useLanguage();
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {words.timeline}
      </Title>
      <Timeline bulletSize={24} lineWidth={2} active={entries.length}>
        {entries.map((entry) => {
          const Icon = iconOf(entry);
          return (
            <Timeline.Item
              key={keyOf(entry)}
              bullet={<Icon size={14} aria-hidden />}
              color={colorOf(entry)}
            >
              <Text size="sm">{language === 'es' ? entry.text_es : entry.text_en}</Text>
              <Answer entry={entry} />
              <Text size="xs" c="dimmed">
                {formats.exact(entry.at)}
              </Text>
            </Timeline.Item>
          );
        })}
      </Timeline>
    </Stack>
  );
}

/** Our own causes in words; what a provider calls it, as a code. */
function Cause({ code, words }: { code: string; words: string }) {
  return code === words ? <Code>{code}</Code> : `${words} ·`;
}

/** What a provider said, word by word; of other steps there is nothing more to say. */
function Answer({ entry: { kind, code, detail } }: { entry: TimelineEntry }) {
  const words = useTexts(notificationTexts);
  const { inWords } = useTexts(causeTexts);
  const { tell } = useTexts(ownDetailsTexts);
  if ((kind !== 'attempt_ended' && kind !== 'receipt') || (code === null && detail === null)) {
    return null;
  }
  return (
    <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
      {words.provider}: {code ? <Cause code={code} words={inWords(code)} /> : null}{' '}
      {detail ? tell(detail) : null}
    </Text>
  );
}

function keyOf({ at, kind, channel, message_id, attempt, code }: TimelineEntry): string {
  return [at, kind, channel, message_id, attempt, code].join(' ');
}

function iconOf({ kind, outcome }: TimelineEntry): TablerIcon {
  return kind === 'attempt_ended' && outcome === 'accepted' ? IconCheck : icons[kind];
}

function colorOf({ kind, outcome }: TimelineEntry): string {
  if (kind === 'attempt_ended') return outcome === 'accepted' ? 'teal' : 'red';
  if (kind === 'ended') return outcome === 'failed' ? 'red' : 'teal';
  if (kind === 'held' || kind === 'next_rung') return 'orange';
  return kind === 'left_out' ? 'gray' : 'cyan';
}
