import { Loader, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../text/language.js';
import { type Channel, type Draft, type Member, membersOf } from '../draft.js';
import { editorTexts } from '../editor/editor.texts.js';
import { versionsTexts } from './versions.texts.js';

const TextDiff = lazy(async () => ({ default: (await import('./text-diff.js')).TextDiff }));

interface DraftDiffProps {
  channel: Channel;
  before: Pick<Draft, Member>;
  after: Pick<Draft, Member>;
  /** What the two colours stand for. */
  beforeMeans: string;
  afterMeans: string;
}

/** The parts of a text that differ, each with its differences. */
export function DraftDiff({ channel, before, after, beforeMeans, afterMeans }: DraftDiffProps) {
  const words = useTexts(versionsTexts);
  const { members } = useTexts(editorTexts);
  const changed = membersOf[channel].filter((member) => before[member] !== after[member]);
  if (changed.length === 0) return <Text role="status">{words.same}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm">
        <del>{beforeMeans}</del> · <ins>{afterMeans}</ins>
      </Text>
      {changed.map((member) => {
        const label = member === 'body' ? members.body[channel] : members[member];
        return (
          <Stack gap={4} key={member}>
            <Text size="sm" fw={600}>
              {label}
            </Text>
            <Suspense fallback={<Loader size="sm" />}>
              <TextDiff label={label} before={before[member]} after={after[member]} />
            </Suspense>
          </Stack>
        );
      })}
    </Stack>
  );
}
