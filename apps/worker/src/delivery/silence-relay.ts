import { Inject, Injectable, Logger } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { Channel } from '#domain/catalog/channels.js';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import type { AccountNews } from '#infrastructure/persistence/accounts/provider-accounts.js';
import { SilentLines } from '#infrastructure/persistence/accounts/silent-lines.js';
import { CONFIGURATION, SENDERS } from '#infrastructure/wiring/tokens.js';
import { Sweep } from '../sweep.js';

const intervalMs = 30_000;

/** Watches WhatsApp lines that say they are connected, and tells people when one is not. */
@Injectable()
export class SilenceRelay {
  readonly sweep: Sweep;
  private readonly logger = new Logger('SilenceRelay');
  private readonly adminEmails: readonly string[];

  constructor(
    private readonly lines: SilentLines,
    @Inject(SENDERS) private readonly senders: ReadonlyMap<Channel, ChannelSender>,
    @Inject(CONFIGURATION) { email }: Configuration,
  ) {
    this.adminEmails = email.adminEmails;
    this.sweep = new Sweep('silent lines', intervalMs, () => this.round());
  }

  private async round(): Promise<boolean> {
    for (const news of await this.lines.review()) await this.tell(news);
    return false;
  }

  private async tell({ account, breaker }: AccountNews): Promise<void> {
    if (breaker.state === 'closed') {
      this.logger.log({ msg: 'a WhatsApp line is heard again', account });
      return;
    }
    this.logger.error({
      msg: 'a WhatsApp line takes messages and delivers none; they go by other channels, or wait',
      account,
      ...breaker.lastFailure,
    });
    for (const mailbox of this.adminEmails) await this.write(mailbox, account);
  }

  /** At most once: a process that dies here leaves the log, and the state of the account. */
  private async write(mailbox: string, account: string): Promise<void> {
    const text = [
      `La línea de WhatsApp ${account} dice que está conectada y acepta mensajes, pero desde hace`,
      'diez minutos ningún teléfono confirma que los recibe.',
      '',
      'Los avisos salen mientras tanto por otro canal o esperan. Revise el teléfono de la línea y',
      'vuelva a vincularlo; en cuanto llegue una confirmación, todo sigue solo.',
    ].join('\n');
    const id = uuidv7();
    const outcome = await this.senders.get('email')?.send({
      messageId: id,
      notificationId: id,
      tallerId: null,
      attempt: 1,
      address: { channel: 'email', email: mailbox },
      recipientName: mailbox,
      content: {
        channel: 'email',
        subject: 'WhatsApp no entrega los avisos',
        html: `<p>${text.replaceAll('\n\n', '</p><p>')}</p>`,
        text,
      },
      priority: 'high',
      validForMs: null,
    });
    if (outcome?.kind !== 'accepted') {
      this.logger.warn({ msg: 'nobody could be written to of a silent line', account, outcome });
    }
  }
}
