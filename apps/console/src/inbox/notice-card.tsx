import { ActionIcon, Anchor, Badge, Card, Group, Stack, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBell,
  IconCheck,
  IconCircleCheck,
  IconMailOff,
  type TablerIcon,
} from '@tabler/icons-react';
import type { NoticeView } from '#contracts/client/types.gen.js';
import { useFormats } from '../text/formats.js';
import { useLanguage, useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';

const icons: Record<NoticeView['kind'], TablerIcon> = {
  event: IconBell,
  account_failing: IconAlertTriangle,
  account_recovered: IconCircleCheck,
  dead_letters: IconMailOff,
};

interface NoticeCardProps {
  notice: NoticeView;
  onRead(): void;
}

/** One notice: what happened, when, where to look further, and whether it was read. */
export function NoticeCard({ notice, onRead }: NoticeCardProps) {
  const words = useTexts(inboxTexts);
  const { language } = useLanguage();
  const formats = useFormats();
  const title = language === 'es' ? notice.title_es : notice.title_en;
  const text = language === 'es' ? notice.text_es : notice.text_en;
  const Icon = icons[notice.kind];
  const { href, label } = furtherOf(notice, words);
  return (
    <Card component="li" withBorder padding="sm" style={{ listStyle: 'none' }}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Icon size={22} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
        <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={notice.is_read ? 400 : 700} component="h2" size="md" m={0}>
              {title}
            </Text>
            {notice.is_read ? null : (
              <Badge size="sm" variant="light">
                {words.isNew}
              </Badge>
            )}
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {text}
          </Text>
          <Group gap="md">
            <Text size="sm" c="dimmed" component="time" dateTime={notice.created_at}>
              {formats.exact(notice.created_at)}
            </Text>
            <Anchor size="sm" href={href} underline="always">
              {label}
            </Anchor>
          </Group>
        </Stack>
        {notice.is_read ? null : (
          <Tooltip label={words.read}>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={words.readNamed(title)}
              onClick={onRead}
            >
              <IconCheck size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </Card>
  );
}

function furtherOf(
  { kind, event_id }: NoticeView,
  words: { openEvent: string; openAccounts: string; openDeadLetters: string },
) {
  if (kind === 'event') return { href: `/notificaciones/${event_id}`, label: words.openEvent };
  if (kind === 'dead_letters') return { href: '/colas', label: words.openDeadLetters };
  return { href: '/', label: words.openAccounts };
}
