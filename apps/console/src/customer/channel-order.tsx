import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Button, Stack, Text } from '@mantine/core';
import type { PreferencesInput, PreferencesView } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { ChannelRow } from './channel-row.js';
import {
  type Channel,
  changeOfOrder,
  channels,
  hasOwnOrder,
  moved,
  orderOf,
} from './preference-order.js';
import { preferencesTexts } from './preferences.texts.js';

interface ChannelOrderProps {
  preferences: PreferencesView;
  change(change: PreferencesInput): void;
  /** As `change`, but fails with what went wrong. */
  changeSurely(change: PreferencesInput): Promise<unknown>;
}

/** The channels by drag, by keyboard, and by buttons up and down. */
export function ChannelOrder({ preferences, change, changeSurely }: ChannelOrderProps) {
  const words = useTexts(preferencesTexts);
  const order = orderOf(preferences);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const move = (from: number, to: number) => {
    const next = moved(order, from, to);
    if (next.join() !== order.join() || !hasOwnOrder(preferences)) change(changeOfOrder(next));
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (over) move(placeOf(order, active.id), placeOf(order, over.id));
  };
  return (
    <Stack gap="xs">
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={drop}
        accessibility={{
          announcements: announcementsIn(words, order),
          screenReaderInstructions: { draggable: words.instructions },
        }}
      >
        <SortableContext items={order} strategy={verticalListSortingStrategy}>
          <Stack component="ol" gap="xs" m={0} p={0} aria-label={words.list}>
            {order.map((channel, index) => (
              <ChannelRow
                key={channel}
                channel={channel}
                preference={preferences[channel]}
                isFirst={index === 0}
                isLast={index === order.length - 1}
                move={(by) => move(index, index + by)}
                change={(one) => change({ [channel]: one })}
                changeSurely={(one) => changeSurely({ [channel]: one })}
              />
            ))}
          </Stack>
        </SortableContext>
      </DndContext>
      {hasOwnOrder(preferences) ? (
        <div>
          <Button variant="subtle" size="xs" onClick={() => change(changeOfOrder(null))}>
            {words.toMatrix}
          </Button>
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {words.fromMatrix}
        </Text>
      )}
    </Stack>
  );
}

function placeOf(order: readonly (string | number)[], id: string | number): number {
  return order.indexOf(id);
}

type Words = (typeof preferencesTexts)['es'];

function announcementsIn(words: Words, order: readonly Channel[]): Announcements {
  const name = (id: string | number) => {
    const channel = channels.find((one) => one === id);
    return channel ? words.names[channel] : String(id);
  };
  const place = (id: string | number) => placeOf(order, id) + 1;
  return {
    onDragStart: ({ active }) => words.lifted(name(active.id), place(active.id)),
    onDragOver: ({ active, over }) =>
      over ? words.over(name(active.id), place(over.id)) : undefined,
    onDragEnd: ({ active, over }) =>
      over ? words.dropped(name(active.id), place(over.id)) : words.cancelled(name(active.id)),
    onDragCancel: ({ active }) => words.cancelled(name(active.id)),
  };
}
