import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, IntegerField, ObjectField } from './fields.js';
import { ApiMoment } from './moment.js';

/** What changes about one channel; what is left out stays. */
export class ChannelPreferenceInput {
  @BooleanField({ required: false, description: 'False: the person wants no notices here.' })
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
  })
  consent?: boolean;
}

/** Channels that are left out stay as they are. */
export class PreferencesInput {
  @ObjectField(ChannelPreferenceInput, { required: false })
  email?: ChannelPreferenceInput;

  @ObjectField(ChannelPreferenceInput, { required: false })
  whatsapp?: ChannelPreferenceInput;

  @ObjectField(ChannelPreferenceInput, { required: false })
  push?: ChannelPreferenceInput;
}

export class ChannelPreferenceView {
  @ApiProperty({ type: Boolean })
  enabled: boolean;

  /** 1 is tried first. Null: the matrix's order. */
  @ApiProperty({ type: 'integer', nullable: true })
  priority: number | null;

  /** Whether anything may leave on this channel. */
  @ApiProperty({ type: Boolean })
  consent: boolean;

  @ApiMoment({ nullable: true })
  consent_withdrawn_at: string | null;
}

export class PreferencesView {
  @ApiProperty({ type: String, example: 'customer-001' })
  customer_id: string;

  @ApiProperty({ type: ChannelPreferenceView })
  email: ChannelPreferenceView;

  @ApiProperty({ type: ChannelPreferenceView })
  whatsapp: ChannelPreferenceView;

  @ApiProperty({ type: ChannelPreferenceView })
  push: ChannelPreferenceView;
}
