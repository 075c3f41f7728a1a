import { NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  deleteEmailSettings,
  putEmailSettings,
  testEmailSettings,
} from '#contracts/client/sdk.gen.js';
import type { EmailSettingsView } from '#contracts/client/types.gen.js';
import { refusalOf } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { askTagged, ifMatch } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { channelsTexts } from './channels.texts.js';
import { OwnChannel, type SeenSettings } from './own-channel.js';

const securities = ['implicit-tls', 'starttls', 'none'] as const;

interface EmailFormProps {
  seen: SeenSettings;
  known: EmailSettingsView | null;
}

/** A taller's mail server. The password is written and never read back. */
export function EmailForm({ seen, known }: EmailFormProps) {
  const words = useTexts(channelsTexts);
  const [draft, setDraft] = useState({
    host: known?.host ?? '',
    port: known?.port ?? 465,
    security: known?.security ?? ('implicit-tls' as const),
    user: known?.user ?? '',
    from_email: known?.from_email ?? '',
    password: '',
  });
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const path = { id: seen.taller };
  const headers = ifMatch(seen.etag);
  const put = async () => {
    const { user, password, ...rest } = draft;
    const body = { ...rest, user: user || null, ...(password && { password }) };
    const { data: email, etag } = await askTagged(putEmailSettings({ path, headers, body }));
    return { data: { email }, etag };
  };
  return (
    <OwnChannel
      seen={seen}
      channel="email"
      isOwn={known !== null}
      put={put}
      test={() => ask(testEmailSettings({ path }))}
      drop={() => ask(deleteEmailSettings({ path, headers }))}
    >
      {(error) => (
        <>
          <TextInput
            label={words.host}
            value={draft.host}
            onChange={({ currentTarget: { value } }) => change({ host: value })}
            error={refusalOf(error, 'host')}
            required
          />
          <NumberInput
            label={words.port}
            value={draft.port}
            min={1}
            max={65_535}
            hideControls
            onChange={(value) => change({ port: Number(value) })}
            error={refusalOf(error, 'port')}
            required
          />
          <NativeSelect
            label={words.security}
            data={securities.map((value) => ({ value, label: words.securities[value] }))}
            value={draft.security}
            onChange={({ currentTarget: { value } }) =>
              change({ security: securities.find((each) => each === value) ?? 'none' })
            }
          />
          <TextInput
            label={words.user}
            value={draft.user}
            autoComplete="off"
            onChange={({ currentTarget: { value } }) => change({ user: value })}
            error={refusalOf(error, 'user')}
          />
          <PasswordInput
            label={words.password}
            description={known?.password_set ? words.secretSet : words.secretUnset}
            value={draft.password}
            autoComplete="new-password"
            onChange={({ currentTarget: { value } }) => change({ password: value })}
            error={refusalOf(error, 'password')}
          />
          <TextInput
            label={words.from}
            value={draft.from_email}
            onChange={({ currentTarget: { value } }) => change({ from_email: value })}
            error={refusalOf(error, 'from_email')}
            required
          />
        </>
      )}
    </OwnChannel>
  );
}
