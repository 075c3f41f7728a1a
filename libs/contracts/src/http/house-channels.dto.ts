import { ChoiceShown, FlagShown, IntegerShown, ObjectShown, orNull, TextShown } from './shown.js';

const securities = ['implicit-tls', 'starttls', 'none'] as const;

/** How mail leaves where a workshop has no server of its own. */
export class HouseEmailView {
  @TextShown('The SMTP server.', 'smtp.example.com')
  host: string;

  @IntegerShown('Its port.', 465, { minimum: 1, maximum: 65535 })
  port: number;

  @ChoiceShown(securities, 'TLS from the first byte, STARTTLS demanded, or none.', 'implicit-tls')
  security: (typeof securities)[number];

  @TextShown('Null: no login.', 'avisos@example.com', orNull)
  user: string | null;

  @FlagShown('Whether a password is set. It is never told.', true)
  password_set: boolean;

  @TextShown('The sender that people see.', 'Ambacar Service <avisos@example.com>')
  from_email: string;
}

/** The WhatsApp line where a workshop has none of its own. */
export class HouseWhatsAppView {
  @TextShown('Where Evolution API answers.', 'https://evolution.example.com')
  api_url: string;

  @TextShown('The line, as Evolution API names it.', 'ambacar')
  instance: string;

  @FlagShown('Whether a key is set. It is never told.', true)
  api_key_set: boolean;
}

/** Who push services hear from. */
export class HousePushView {
  @TextShown('The public key of the pair.', 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQ')
  public_key: string;

  @TextShown('Whom a push service may write to.', 'mailto:avisos@example.com')
  subject: string;
}

/** The service's own senders, as its environment sets them. */
export class HouseChannelsView {
  @ObjectShown(HouseEmailView, 'The mail server.')
  email: HouseEmailView;

  @ObjectShown(HouseWhatsAppView, 'Null: none is configured.', orNull)
  whatsapp: HouseWhatsAppView | null;

  @ObjectShown(HousePushView, 'Null: none is configured.', orNull)
  push: HousePushView | null;
}
