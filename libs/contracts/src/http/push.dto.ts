import { ApiProperty } from '@nestjs/swagger';
import { IsNumber, IsOptional, IsString, Length, ValidateIf } from 'class-validator';
import { ObjectField, TextField, UuidField } from './fields.js';
import { ApiMoment } from './moment.js';
import { TextIdField } from './text-id.js';

export class PushPublicKeyView {
  /** The VAPID public key, base64url of 65 bytes: a browser's `applicationServerKey`. */
  @ApiProperty({ type: String, minLength: 87, maxLength: 87 })
  public_key: string;
}

const endpointField = {
  max: 2048,
  description: 'An https address at a push service.',
  example: 'https://fcm.googleapis.com/fcm/send/dPZx...:APA91b...',
};

export class PushKeys {
  @TextField({
    max: 90,
    description: "The browser's public key: base64url of a P-256 point, 65 bytes from 0x04 on.",
  })
  p256dh: string;

  @TextField({ max: 26, description: "The browser's secret: base64url of 16 bytes." })
  auth: string;
}

/** As `PushSubscription.toJSON()` gives it (W3C Push API). */
export class PushSubscriptionInput {
  @TextField(endpointField)
  endpoint: string;

  /** Not kept: when a subscription has ended, its push service says so. */
  @ApiProperty({ type: Number, nullable: true, required: false })
  @IsNumber()
  @ValidateIf((_, value) => value !== undefined && value !== null)
  expirationTime?: number | null;

  @ObjectField(PushKeys)
  keys: PushKeys;
}

/** Of `customer_id` and `staff_member_id` one is given: whose browser it is. */
export class PushSubscribeInput {
  @TextIdField({ required: false, example: 'customer-001' })
  customer_id?: string;

  @UuidField({ required: false })
  staff_member_id?: string;

  @ObjectField(PushSubscriptionInput)
  subscription: PushSubscriptionInput;
}

export class PushUnsubscribeInput {
  @TextField({ ...endpointField, required: false })
  endpoint?: string;
}

export class PushUnsubscribeQuery {
  /** For clients that cannot send a body with DELETE. Access logs of proxies keep queries. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 2048 })
  @Length(1, 2048)
  @IsString()
  @IsOptional()
  endpoint?: string;
}

/** A browser that takes notices, without what would let anybody send to it. */
export class PushDeviceView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  /** The push service's host. */
  @ApiProperty({ type: String, example: 'fcm.googleapis.com' })
  service: string;

  @ApiMoment()
  subscribed_at: string;
}

export class PushSubscriptionView extends PushDeviceView {
  @ApiProperty({ type: String, nullable: true })
  customer_id: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  staff_member_id: string | null;
}

export class PushStatusView {
  @ApiProperty({ type: String, example: 'customer-001' })
  customer_id: string;

  @ApiProperty({ type: Boolean })
  subscribed: boolean;

  @ApiProperty({ type: 'integer' })
  count: number;

  @ApiProperty({ type: [PushDeviceView] })
  devices: PushDeviceView[];
}
