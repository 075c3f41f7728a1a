import { createECDH } from 'node:crypto';
import { evolutionLicenceNotice } from '#infrastructure/channels/evolution/licence-notice.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createSenders } from '#infrastructure/wiring/senders.js';
import { inSpanish, say } from '../terminal/say.js';
import { check, type Finding } from './check.js';

/** Whether each channel's provider would take messages now. Nothing is sent. */
export async function checkProviders(configuration: Configuration): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [channel, sender] of createSenders(configuration)) {
    const name = say(`Canal ${channel}`, `Channel ${channel}`);
    const fix = fixes()[channel];
    findings.push(
      await check(name, fix, async () => {
        const { healthy, detail } = await sender.probe();
        if (!healthy) throw new Error(detail);
        return detail;
      }),
    );
    await sender.close();
  }
  if (configuration.push) findings.push(await checkVapid(configuration.push));
  if (configuration.evolution) {
    const { es, en } = evolutionLicenceNotice;
    findings.push({ name: 'Evolution API', ok: true, detail: inSpanish() ? es : en });
  }
  return findings;
}

function fixes() {
  return {
    email: say(
      'Revise EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER y EMAIL_HOST_PASSWORD.',
      'Check EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER and EMAIL_HOST_PASSWORD.',
    ),
    whatsapp: say(
      'Revise EVOLUTION_API_URL, EVOLUTION_API_KEY y EVOLUTION_INSTANCE, y que la instancia esté conectada (código QR).',
      'Check EVOLUTION_API_URL, EVOLUTION_API_KEY and EVOLUTION_INSTANCE, and that the instance is connected (QR code).',
    ),
    push: say('Genere un par con: npm run cli -- vapid', 'Make a pair with: npm run cli -- vapid'),
  };
}

/** The private key must yield the public one, or no push service believes a signature. */
function checkVapid(push: NonNullable<Configuration['push']>): Promise<Finding> {
  const fix = say(
    'Copie el par entero, o genere otro con: npm run cli -- vapid',
    'Copy the whole pair, or make one with: npm run cli -- vapid',
  );
  return check('VAPID', fix, () => {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(Buffer.from(push.privateKey, 'base64url'));
    if (curve.getPublicKey('base64url') !== push.publicKey) {
      throw new Error(say('las claves no son un par', 'the keys are no pair'));
    }
    return push.subject;
  });
}
