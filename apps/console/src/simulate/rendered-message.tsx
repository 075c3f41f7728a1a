import { Anchor, Code, Paper, Stack, Tabs, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../text/language.js';
import type { Rehearsed } from './recipient-plan.js';
import { simulateTexts } from './simulate.texts.js';
import { type Piece, whatsappPieces } from './whatsapp-text.js';

type Message = Rehearsed['messages'][number];

/** The message as it would leave: an e-mail, a WhatsApp bubble, a push card. */
export function RenderedMessage({ message }: { message: Message }) {
  if (message.channel === 'email') return <Email message={message} />;
  if (message.channel === 'whatsapp') return <WhatsappBubble text={message.text ?? ''} />;
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

const looks: Record<Piece['look'], (text: string) => ReactNode> = {
  plain: (text) => text,
  bold: (text) => <strong>{text}</strong>,
  italic: (text) => <em>{text}</em>,
  struck: (text) => <s>{text}</s>,
  code: (text) => <code>{text}</code>,
};

function WhatsappBubble({ text }: { text: string }) {
  let at = 0;
  return (
    <Paper p="sm" maw={420} bg="#d9fdd3" c="#111b21" radius="lg">
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {whatsappPieces(text).map((piece) => {
          at += piece.text.length + 1;
          return <span key={at}>{looks[piece.look](piece.text)}</span>;
        })}
      </Text>
    </Paper>
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
