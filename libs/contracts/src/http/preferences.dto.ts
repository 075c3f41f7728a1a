import { texts } from './examples.js';
import { BooleanField, IntegerField, ObjectField, ShownInExample } from './fields.js';
import { FlagShown, IntegerShown, MomentShown, ObjectShown, orNull, TextShown } from './shown.js';

/** What changes about one channel; what is left out stays. */
export class ChannelPreferenceInput {
  @BooleanField({
    required: false,
    description: 'False: the person wants no notices here.',
    example: true,
  })
  enabled?: boolean;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: 100,
    description: "1 is tried first. Null: the matrix's order.",
    example: 1,
  })
  priority?: number | null;

  @BooleanField({
    required: false,
    description:
      'False withdraws the consent: nothing leaves here, critical or not. True gives it.',
    example: true,
  })
  consent?: boolean;
}

/** Channels that are left out stay as they are. */
@ShownInExample('whatsapp')
export class PreferencesInput {
  @ObjectField(ChannelPreferenceInput, { required: false, description: 'What changes of e-mail.' })
  email?: ChannelPreferenceInput;

  @ObjectField(ChannelPreferenceInput, {
    required: false,
    description: 'What changes of WhatsApp.',
  })
  whatsapp?: ChannelPreferenceInput;

  @ObjectField(ChannelPreferenceInput, { required: false, description: 'What changes of push.' })
  push?: ChannelPreferenceInput;
}

export class ChannelPreferenceView {
  @FlagShown('False: the person wants no notices here.', true)
  enabled: boolean;

  @IntegerShown("1 is tried first. Null: the matrix's order.", null, orNull)
  priority: number | null;

  @FlagShown('Whether anything may leave on this channel.', true)
  consent: boolean;

  @MomentShown(
    'When the consent was withdrawn; null: it was not, or was given again.',
    null,
    orNull,
  )
  consent_withdrawn_at: string | null;
}

/** How a person wants to be told, channel by channel. */
export class ChannelPreferencesView {
  @ObjectShown(ChannelPreferenceView, 'As it is for e-mail.')
  email: ChannelPreferenceView;

  @ObjectShown(ChannelPreferenceView, 'As it is for WhatsApp.')
  whatsapp: ChannelPreferenceView;

  @ObjectShown(ChannelPreferenceView, 'As it is for push.')
  push: ChannelPreferenceView;
}

export class PreferencesView extends ChannelPreferencesView {
  @TextShown("The core system's own id of the customer.", texts.customerId)
  customer_id: string;
}
