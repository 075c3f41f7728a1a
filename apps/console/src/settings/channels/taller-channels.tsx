import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getChannelSettings } from '#contracts/client/sdk.gen.js';
import { Queried } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { EmailForm } from './email-form.js';
import { WhatsAppForm } from './whatsapp-form.js';

/** A taller's own senders. What is typed stays while they are read again. */
export function TallerChannels({ taller }: { taller: string }) {
  const settings = useQuery({
    queryKey: ['channel-settings', taller],
    queryFn: ({ signal }) => ask(getChannelSettings({ path: { id: taller }, signal })),
    refetchOnWindowFocus: false,
  });
  return (
    <Queried query={settings}>
      {({ email, whatsapp }) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} verticalSpacing="lg">
          <EmailForm key={`e${email?.updated_at}`} taller={taller} known={email} />
          <WhatsAppForm key={`w${whatsapp?.updated_at}`} taller={taller} known={whatsapp} />
        </SimpleGrid>
      )}
    </Queried>
  );
}
