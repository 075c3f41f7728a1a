import type {
  ChannelSettingsView,
  EmailSettingsView,
  WhatsAppSettingsView,
} from '#contracts/http/channel-settings.dto.js';
import type { EvolutionSettings, SmtpSettings } from '#infrastructure/channels/own-settings.js';
import type { ChannelSettingRow } from '#infrastructure/persistence/schema/channel-setting.schema.js';

export function settingsView(rows: readonly ChannelSettingRow[]): ChannelSettingsView {
  const email = rows.find(({ channel }) => channel === 'email');
  const whatsapp = rows.find(({ channel }) => channel === 'whatsapp');
  return {
    email: email ? emailView(email) : null,
    whatsapp: whatsapp ? whatsAppView(whatsapp) : null,
  };
}

function emailView({ settings, sealed, updated_at }: ChannelSettingRow): EmailSettingsView {
  const { host, port, security, user, from_email } = settings as SmtpSettings;
  return {
    host,
    port,
    security,
    user,
    password_set: sealed !== null,
    from_email,
    updated_at: updated_at.toISOString(),
  };
}

function whatsAppView({ settings, sealed, updated_at }: ChannelSettingRow): WhatsAppSettingsView {
  const { api_url, instance } = settings as EvolutionSettings;
  return {
    api_url,
    instance,
    api_key_set: sealed !== null,
    updated_at: updated_at.toISOString(),
  };
}
