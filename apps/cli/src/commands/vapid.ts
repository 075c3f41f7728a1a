import { Command } from 'commander';
import webPush from 'web-push';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

/** `vapid`: makes the key pair by which push services know this sender, and keeps nothing. */
export function vapidCommand(): Command {
  return new Command('vapid')
    .description(say('Genera un par de claves para Web Push', 'Makes a key pair for Web Push'))
    .option('--json', say('para máquinas', 'for machines'))
    .action((options: { json?: boolean }) => {
      const { publicKey, privateKey } = webPush.generateVAPIDKeys();
      const result = { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey };
      print(options.json, result, () => [
        say(
          '# Póngalas en .env y no las cambie: las suscripciones de los navegadores dependen de ellas.',
          '# Put them into .env and do not change them: browsers’ subscriptions hang on them.',
        ),
        ...Object.entries(result).map(([name, value]) => `${name}=${value}`),
        'VAPID_CONTACT_EMAIL=avisos@example.com',
      ]);
    });
}
