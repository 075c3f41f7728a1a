import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getService } from '#contracts/client/sdk.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { panelTexts } from './panel.texts.js';

export function PanelScreen() {
  const words = useTexts(panelTexts);
  const service = useQuery({
    queryKey: ['service'],
    queryFn: ({ signal }) => ask(getService({ signal, headers: { accept: 'application/json' } })),
  });
  return (
    <Page title={words.title}>
      <Queried query={service}>{(data) => <Text>{`${data.name} ${data.version}`}</Text>}</Queried>
    </Page>
  );
}
