import { type Channel, channels } from '#domain/catalog/channels.js';
import { ContentView } from './dry-run.dto.js';
import { ids } from './examples.js';
import {
  ChoiceShown,
  IdShown,
  IntegerShown,
  ListShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

const gone = 'null where it is gone.';

/** What one rung of a notification's ladder says, made again from what is kept. */
export class RungContentView {
  @IdShown('The notification.', ids.notification)
  notification_id: string;

  @IntegerShown('Place on the ladder of channels, from 1.', 1, { minimum: 1 })
  rung: number;

  @ChoiceShown(channels, 'The channel.', 'email')
  channel: Channel;

  @IdShown(`The template; ${gone}`, ids.template, orNull)
  template_id: string | null;

  @TextShown(`The template’s name today; ${gone}`, 'Cita agendada, correo', orNull)
  template_name: string | null;

  @IntegerShown(`The version that it was planned with; ${gone}`, 1, { ...orNull, minimum: 1 })
  version: number | null;

  @ObjectShown(
    ContentView,
    'The message, as it left or would leave; null where it cannot be made again: the person was ' +
      'erased, or the version is gone.',
    orNull,
  )
  content: ContentView | null;
}

/** What an event’s notifications say, channel by channel. */
export class EventContentView {
  @IdShown('The event.', ids.event)
  event_id: string;

  @ListShown(RungContentView, 'By notification, in the order of the tries.')
  rungs: RungContentView[];
}
