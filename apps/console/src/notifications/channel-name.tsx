import { Group, Text } from '@mantine/core';
import { IconBell, IconBrandWhatsapp, IconMail, type TablerIcon } from '@tabler/icons-react';
import { useTexts } from '../text/language.js';
import { wordsTexts } from './words.texts.js';

export type Channel = 'whatsapp' | 'email' | 'push';

const channelIcons: Record<Channel, TablerIcon> = {
  whatsapp: IconBrandWhatsapp,
  email: IconMail,
  push: IconBell,
};

export function ChannelName({ channel }: { channel: Channel }) {
  const words = useTexts(wordsTexts);
  const Icon = channelIcons[channel];
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Icon size={16} stroke={1.6} aria-hidden />
      <Text span size="sm">
        {words.channels[channel]}
      </Text>
    </Group>
  );
}
