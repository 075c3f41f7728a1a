import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  deleteWhatsAppSettings,
  putWhatsAppSettings,
  testWhatsAppSettings,
} from '#contracts/client/sdk.gen.js';
import type { WhatsAppSettingsView } from '#contracts/client/types.gen.js';
import { refusalOf } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { askTagged, ifMatch } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { channelsTexts } from './channels.texts.js';
import { OwnChannel, type SeenSettings } from './own-channel.js';

interface WhatsAppFormProps {
  seen: SeenSettings;
  known: WhatsAppSettingsView | null;
}

/** A taller's WhatsApp line. The key is written and never read back. */
export function WhatsAppForm({ seen, known }: WhatsAppFormProps) {
  const words = useTexts(channelsTexts);
  const [draft, setDraft] = useState({
    api_url: known?.api_url ?? '',
    instance: known?.instance ?? '',
    api_key: '',
  });
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const path = { id: seen.taller };
  const headers = ifMatch(seen.etag);
  const put = async () => {
    const { api_key, ...rest } = draft;
    const body = { ...rest, ...(api_key && { api_key }) };
    const { data: whatsapp, etag } = await askTagged(putWhatsAppSettings({ path, headers, body }));
    return { data: { whatsapp }, etag };
  };
  return (
    <OwnChannel
      seen={seen}
      channel="whatsapp"
      isOwn={known !== null}
      put={put}
      test={() => ask(testWhatsAppSettings({ path }))}
      drop={() => ask(deleteWhatsAppSettings({ path, headers }))}
    >
      {(error) => (
        <>
          <TextInput
            label={words.url}
            type="url"
            value={draft.api_url}
            onChange={({ currentTarget: { value } }) => change({ api_url: value })}
            error={refusalOf(error, 'api_url')}
            required
          />
          <TextInput
            label={words.instance}
            value={draft.instance}
            onChange={({ currentTarget: { value } }) => change({ instance: value })}
            error={refusalOf(error, 'instance')}
            required
          />
          <PasswordInput
            label={words.key}
            description={known?.api_key_set ? words.secretSet : words.secretUnset}
            value={draft.api_key}
            autoComplete="new-password"
            onChange={({ currentTarget: { value } }) => change({ api_key: value })}
            error={refusalOf(error, 'api_key')}
          />
        </>
      )}
    </OwnChannel>
  );
}
