import { Alert, Anchor, Stack, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getService } from '#contracts/client/sdk.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { aboutTexts } from './about.texts.js';

const licence = 'https://github.com/evolution-foundation/evolution-api/blob/main/LICENSE';

/** What runs here, and what it is built on where a licence asks that it is told. */
export function About() {
  const words = useTexts(aboutTexts);
  const service = useQuery({
    queryKey: ['service'],
    queryFn: ({ signal }) => ask(getService({ signal, headers: { accept: 'application/json' } })),
  });
  return (
    <Stack>
      <Alert icon={<IconInfoCircle aria-hidden />} title={words.notice}>
        <Text size="sm">{words.noticeText}</Text>
        <Anchor
          size="sm"
          href={licence}
          rel="noreferrer noopener"
          target="_blank"
          underline="always"
        >
          {words.licence}
        </Anchor>
      </Alert>
      <Title order={2} size="h4">
        {words.service}
      </Title>
      <Queried query={service}>
        {({ name, version }) => <Text>{`${name} · ${words.version(version)}`}</Text>}
      </Queried>
      <Anchor href="/api/docs/">{words.api}</Anchor>
    </Stack>
  );
}
