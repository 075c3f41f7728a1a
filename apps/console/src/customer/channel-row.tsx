import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Badge, Group, Paper, Stack, Switch, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import type { ChannelPreferenceInput, ChannelPreferenceView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import type { Channel } from './preference-order.js';
import { preferencesTexts } from './preferences.texts.js';

interface ChannelRowProps {
  channel: Channel;
  preference: ChannelPreferenceView;
  isFirst: boolean;
  isLast: boolean;
  move(by: 1 | -1): void;
  change(change: ChannelPreferenceInput): void;
  changeSurely(change: ChannelPreferenceInput): Promise<unknown>;
}

/** One channel: where it stands, whether it is wanted, and whether anything may leave by it. */
export function ChannelRow(props: ChannelRowProps) {
  const { channel, preference, isFirst, isLast, move, change, changeSurely } = props;
  const words = useTexts(preferencesTexts);
  const { moment } = useFormats();
  const name = words.names[channel];
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } =
    useSortable({ id: channel });
  const { consent, consent_withdrawn_at: withdrawnAt } = preference;
  return (
    <Paper
      component="li"
      withBorder
      p="xs"
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition, listStyle: 'none' }}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ActionIcon
          variant="subtle"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={words.move(name)}
          style={{ cursor: 'grab', touchAction: 'none' }}
        >
          <IconGripVertical size={18} aria-hidden />
        </ActionIcon>
        <Stack gap={6} flex={1}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text fw={600}>{name}</Text>
            <Group gap={4} wrap="nowrap">
              <ActionIcon
                variant="default"
                aria-label={words.up(name)}
                disabled={isFirst}
                onClick={() => move(-1)}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label={words.down(name)}
                disabled={isLast}
                onClick={() => move(1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </Group>
          <Switch
            label={words.wanted(name)}
            checked={preference.enabled}
            onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
          />
          <Group gap="xs">
            {consent ? (
              <Badge variant="light" color="gray" tt="none">
                {words.consents}
              </Badge>
            ) : (
              <Text size="sm">{words.withdrawn(withdrawnAt ? moment(withdrawnAt) : '')}</Text>
            )}
            <ConfirmedButton
              size="compact-xs"
              variant="subtle"
              aria-label={consent ? words.withdrawOf(name) : words.giveOf(name)}
              question={consent ? words.withdrawQuestion(name) : words.giveQuestion(name)}
              consequence={consent ? words.withdrawLead : words.giveLead}
              verb={consent ? words.withdraw : words.give}
              act={() => changeSurely({ consent: !consent })}
            >
              {consent ? words.withdraw : words.give}
            </ConfirmedButton>
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
