import { Inject, Injectable } from '@nestjs/common';
import { webhookReader } from '#infrastructure/channels/read-webhook.js';
import type { BounceAddresses } from '#infrastructure/channels/smtp/bounce-addresses.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Receipts } from '#infrastructure/persistence/receipts/receipts.js';
import { ReceivedWebhooks } from '#infrastructure/persistence/receipts/received-webhooks.js';
import { BOUNCE_ADDRESSES, CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

/** Bodies read in one go: at most 1 MiB each, and mostly one. */
const webhookBatch = 50;
const receiptBatch = 500;

/** Reads what providers told us, and lets messages and ladders go on by it. */
@Injectable()
export class ReceiptRelay {
  readonly sweep: Sweep;

  constructor(
    private readonly webhooks: ReceivedWebhooks,
    private readonly receipts: Receipts,
    @Inject(BOUNCE_ADDRESSES) bounces: BounceAddresses | null,
    @Inject(CONFIGURATION) { delivery }: Configuration,
  ) {
    const read = webhookReader(bounces);
    this.sweep = new Sweep('receipts', delivery.sweepIntervalMs, () => this.round(read));
  }

  private async round(read: ReturnType<typeof webhookReader>): Promise<boolean> {
    const taken = await this.webhooks.apply(webhookBatch, read);
    const applied = await this.receipts.applyDue(receiptBatch);
    return taken === webhookBatch || applied === receiptBatch;
  }
}
