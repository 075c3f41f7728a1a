import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getChannelSettings } from '#contracts/client/sdk.gen.js';
import { Queried } from '../../parts/states.js';
import { askTagged } from '../../service/tagged.js';
import { EmailForm } from './email-form.js';
import { WhatsAppForm } from './whatsapp-form.js';

/** A taller's own senders. What is typed in one form stays while the other one is saved. */
export function TallerChannels({ taller }: { taller: string }) {
  const [startsOver, setStartsOver] = useState({ email: 0, whatsapp: 0 });
  const settings = useQuery({
    queryKey: ['channel-settings', taller],
    queryFn: ({ signal }) => askTagged(getChannelSettings({ path: { id: taller }, signal })),
    // A form must not change under its reader's hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const readAgain = async (channel: keyof typeof startsOver) => {
    await settings.refetch();
    setStartsOver((before) => ({ ...before, [channel]: before[channel] + 1 }));
  };
  return (
    <Queried query={settings}>
      {({ data: { email, whatsapp }, etag }) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} verticalSpacing="lg">
          <EmailForm
            key={`e${email?.updated_at}-${startsOver.email}`}
            seen={{ taller, etag, readAgain: () => readAgain('email') }}
            known={email}
          />
          <WhatsAppForm
            key={`w${whatsapp?.updated_at}-${startsOver.whatsapp}`}
            seen={{ taller, etag, readAgain: () => readAgain('whatsapp') }}
            known={whatsapp}
          />
        </SimpleGrid>
      )}
    </Queried>
  );
}
