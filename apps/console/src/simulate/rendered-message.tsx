import { Anchor, Code, Paper, Stack, Tabs, Text } from '@mantine/core';
import { WhatsAppBubble } from '../parts/whatsapp-bubble.js';
import { useTexts } from '../text/language.js';
import type { Rehearsed } from './recipient-plan.js';
import { simulateTexts } from './simulate.texts.js';

type Message = Rehearsed['messages'][number];

/** The message as it would leave: an e-mail, a WhatsApp bubble, a push card. */
export function RenderedMessage({ message }: { message: Message }) {
  if (message.channel === 'email') return <Email message={message} />;
  if (message.channel === 'whatsapp') return <WhatsAppBubble text={message.text ?? ''} />;
  return <PushCard message={message} />;
}

function Email({ message: { subject, html, text } }: { message: Message }) {
  const words = useTexts(simulateTexts);
  return (
    <Stack gap="xs">
      <Text fw={600}>{subject}</Text>
      <Tabs defaultValue="html">
        <Tabs.List>
          <Tabs.Tab value="html">{words.asPage}</Tabs.Tab>
          <Tabs.Tab value="text">{words.asText}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          {/* Nothing in it runs, and nothing of it reaches this page. */}
          <iframe
            sandbox=""
            srcDoc={html}
            title={words.email}
            width="100%"
            height={420}
            style={{ border: 0, background: '#fff' }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <Code block mah={420} tabIndex={0}>
            {text}
          </Code>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function PushCard({ message: { title, body, url } }: { message: Message }) {
  return (
    <Paper withBorder shadow="sm" p="sm" maw={420} radius="lg">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm">{body}</Text>
      {url ? (
        <Anchor
          underline="always"
          size="xs"
          href={url}
          target="_blank"
          rel="noreferrer"
          style={{ overflowWrap: 'anywhere' }}
        >
          {url}
        </Anchor>
      ) : null}
    </Paper>
  );
}
