import { Box, Code, Stack, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useTexts } from '../../text/language.js';
import { previewTexts } from './preview.texts.js';
import { type Piece, piecesOf } from './whatsapp-marks.js';

/** The most that WhatsApp's Cloud API takes; the service refuses more. */
const mostCharacters = 4096;

export function WhatsAppPreview({ text }: { text: string }) {
  const words = useTexts(previewTexts);
  return (
    <Stack gap={4}>
      <Box
        p="sm"
        maw={420}
        style={{
          background: 'light-dark(#d9fdd3, #005c4b)',
          color: 'light-dark(#111b21, #e9edef)',
          borderRadius: '12px 12px 12px 0',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {shown(piecesOf(text))}
      </Box>
      <Text size="xs" c="dimmed">
        {words.characters(text.length, mostCharacters)}
      </Text>
    </Stack>
  );
}

function shown(pieces: Piece[] | string): ReactNode {
  if (typeof pieces === 'string') return pieces;
  let at = 0;
  return pieces.map((piece) => {
    at += 1;
    return <Fragment key={at}>{marked(piece)}</Fragment>;
  });
}

function marked({ mark, pieces }: Piece): ReactNode {
  const within = shown(pieces);
  switch (mark) {
    case 'bold':
      return <strong>{within}</strong>;
    case 'italic':
      return <em>{within}</em>;
    case 'strike':
      return <s>{within}</s>;
    case 'mono':
      return (
        <Code c="inherit" bg="transparent">
          {within}
        </Code>
      );
    case null:
      return within;
  }
}
