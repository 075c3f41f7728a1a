import { ApiProperty } from '@nestjs/swagger';
import { IsNumber, ValidateIf } from 'class-validator';
import { ids, texts } from './examples.js';
import { ObjectField, ShownInExample, TextField, UuidField } from './fields.js';
import {
  FlagShown,
  IdShown,
  IntegerShown,
  ListShown,
  MomentShown,
  orNull,
  TextShown,
} from './shown.js';
import { TextIdField } from './text-id.js';

const publicKey =
  'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM';

export class PushPublicKeyView {
  @TextShown(
    "The VAPID public key, base64url of 65 bytes: a browser's `applicationServerKey`.",
    publicKey,
    { minLength: 87, maxLength: 87 },
  )
  public_key: string;
}

const endpointField = {
  max: 2048,
  description: 'An https address at a push service.',
  example: texts.endpoint,
};

export class PushKeys {
  @TextField({
    max: 90,
    description: "The browser's public key: base64url of a P-256 point, 65 bytes from 0x04 on.",
    example: publicKey,
  })
  p256dh: string;

  @TextField({
    max: 26,
    description: "The browser's secret: base64url of 16 bytes.",
    example: 'tBHItJI5svbpez7KI4CCXg',
  })
  auth: string;
}

/** As `PushSubscription.toJSON()` gives it (W3C Push API). */
export class PushSubscriptionInput {
  @TextField(endpointField)
  endpoint: string;

  @ApiProperty({
    type: Number,
    nullable: true,
    required: false,
    description: 'Not kept: when a subscription has ended, its push service says so.',
    example: null,
  })
  @IsNumber()
  @ValidateIf((_, value) => value !== undefined && value !== null)
  expirationTime?: number | null;

  @ObjectField(PushKeys, {
    description: 'With which notices are encrypted for this browser alone.',
  })
  keys: PushKeys;
}

/** Of `customer_id` and `staff_member_id` one is given: whose browser it is. */
@ShownInExample('customer_id', 'subscription')
export class PushSubscribeInput {
  @TextIdField({
    required: false,
    description: 'The customer whose browser it is. Not together with `staff_member_id`.',
    example: texts.customerId,
  })
  customer_id?: string;

  @UuidField({
    required: false,
    description: 'The member of staff whose browser it is. Not together with `customer_id`.',
    example: ids.staffMember,
  })
  staff_member_id?: string;

  @ObjectField(PushSubscriptionInput, {
    description: 'As `PushSubscription.toJSON()` gives it (W3C Push API).',
  })
  subscription: PushSubscriptionInput;
}

export class PushUnsubscribeInput {
  @TextField({ ...endpointField, required: false })
  endpoint?: string;
}

export class PushUnsubscribeQuery {
  @TextField({
    ...endpointField,
    required: false,
    description:
      'For clients that cannot send a body with DELETE. Access logs of proxies keep queries.',
  })
  endpoint?: string;
}

/** A browser that takes notices, without what would let anybody send to it. */
export class PushDeviceView {
  @IdShown('The subscription.', ids.subscription)
  id: string;

  @TextShown("The push service's host.", 'fcm.googleapis.com')
  service: string;

  @MomentShown('When it last subscribed.')
  subscribed_at: string;
}

export class PushSubscriptionView extends PushDeviceView {
  @TextShown('The customer whose browser it is.', texts.customerId, orNull)
  customer_id: string | null;

  @IdShown('The member of staff whose browser it is.', null, orNull)
  staff_member_id: string | null;
}

export class PushStatusView {
  @TextShown("The core system's own id of the customer.", texts.customerId)
  customer_id: string;

  @FlagShown('Whether any browser of his takes notices.', true)
  subscribed: boolean;

  @IntegerShown('How many do.', 1)
  count: number;

  @ListShown(PushDeviceView, 'Those that do.')
  devices: PushDeviceView[];
}
