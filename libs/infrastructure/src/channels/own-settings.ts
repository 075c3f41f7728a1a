import type { Configuration } from '../config/configuration.js';

/** How a workshop's own mail leaves; the password is kept apart, sealed. */
export interface SmtpSettings {
  host: string;
  port: number;
  security: 'implicit-tls' | 'starttls' | 'none';
  user: string | null;
  /** A mailbox, with or without a name. */
  from_email: string;
}

/** A workshop's own WhatsApp line; the key is kept apart, sealed. */
export interface EvolutionSettings {
  api_url: string;
  instance: string;
}

/** The environment's form of a workshop's mail settings. */
export function smtpConfiguration(
  { host, port, security, user, from_email }: SmtpSettings,
  password: string | null,
): Configuration['email'] {
  return { host, port, security, user, password, from: from_email, adminEmails: [] };
}

/** The environment's form of a workshop's WhatsApp settings. */
export function evolutionConfiguration(
  { api_url, instance }: EvolutionSettings,
  apiKey: string,
  timeoutMs: number,
): NonNullable<Configuration['evolution']> {
  return { url: api_url.replace(/\/+$/, ''), apiKey, instance, timeoutMs };
}

/** What a channel setting's secret is sealed for. */
export function sealPurpose(tallerId: string, channel: string): string {
  return `channel_setting ${tallerId} ${channel}`;
}
