import { Group, Text } from '@mantine/core';
import { IconAccessPoint, IconAccessPointOff } from '@tabler/icons-react';
import { useLiveState } from '../service/live.js';
import { useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';

/** Whether the page follows what happens, in a word and a sign. */
export function LiveSign() {
  const words = useTexts(inboxTexts);
  const isLive = useLiveState() === 'connected';
  const Icon = isLive ? IconAccessPoint : IconAccessPointOff;
  return (
    <Group gap="xs" role="status" aria-live="polite">
      <Icon size={18} stroke={1.8} aria-hidden />
      <Text size="sm">{isLive ? words.connected : words.waiting}</Text>
    </Group>
  );
}
