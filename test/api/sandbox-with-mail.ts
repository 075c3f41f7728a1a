import nodemailer from 'nodemailer';
import { type Sandbox, startSandbox } from '../../apps/sandbox/src/start-sandbox.js';

/** A sandbox in this process, on ports of its own. */
export function openSandbox(): Promise<Sandbox> {
  return startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
}

/** Sends a mail into the sandbox, as our own sender names and addresses it. */
export async function sendMail(
  { smtpPort }: Sandbox,
  mail: { to: string; subject: string; messageId?: string },
): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: smtpPort,
    secure: false,
  });
  try {
    await transport.sendMail({
      from: 'avisos@example.com',
      text: 'Su cita está lista.',
      html: '<p>Su cita está <b>lista</b>.</p>',
      ...mail,
    });
  } finally {
    transport.close();
  }
}
