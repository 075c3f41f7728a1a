import { ApiProperty } from '@nestjs/swagger';

export class PushPublicKeyView {
  /** The VAPID public key, base64url of 65 bytes: a browser's `applicationServerKey`. */
  @ApiProperty({ type: String, minLength: 87, maxLength: 87 })
  public_key: string;
}
