import { Code, Paper, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { type Piece, piecesOf } from './whatsapp-marks.js';

/** A text as WhatsApp shows it, in its own green, whose letters are read on it in either scheme. */
export function WhatsAppBubble({ text }: { text: string }) {
  return (
    <Paper p="sm" maw={420} radius="lg" bg="light-dark(#d9fdd3, #005c4b)">
      <Text
        size="sm"
        c="light-dark(#111b21, #e9edef)"
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {shown(piecesOf(text))}
      </Text>
    </Paper>
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
