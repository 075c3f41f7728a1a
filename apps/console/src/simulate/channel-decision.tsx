import { Anchor, Badge, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { workshopTexts } from '../parts/workshop.texts.js';
import { useLanguage, useTexts } from '../text/language.js';
import type { Rehearsed } from './recipient-plan.js';
import { simulateTexts } from './simulate.texts.js';

type Decision = Rehearsed['decision'][number];

interface ChannelDecisionProps {
  decision: Decision;
  /** The message that would leave. */
  children: ReactNode;
}

/** Whether a channel is tried, the question that decided it, and what it is told with. */
export function ChannelDecision({ decision, children }: ChannelDecisionProps) {
  const words = useTexts(simulateTexts);
  const names = useTexts(workshopTexts).channels;
  const { language } = useLanguage();
  const { channel, position, template } = decision;
  const isPlanned = decision.verdict === 'planned';
  return (
    <Paper withBorder p="sm" component="section" aria-label={names[channel]}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {names[channel]}
          </Title>
          <Badge color={isPlanned ? undefined : 'gray'} variant="light">
            {isPlanned && position !== null ? words.attempt(position) : words.leftOut}
          </Badge>
        </Group>
        <Text size="sm">{language === 'es' ? decision.text_es : decision.text_en}</Text>
        <Questions decision={decision} />
        {template ? (
          <Text size="sm">
            <Anchor underline="always" component={Link} to={`/plantillas/${template.id}`}>
              {words.template(template.version)}
            </Anchor>
            {': '}
            {language === 'es' ? template.text_es : template.text_en}
          </Text>
        ) : null}
        {children}
      </Stack>
    </Paper>
  );
}

/** The five questions in the order in which they are asked; after the first no, none is any more. */
function Questions({ decision }: { decision: Decision }) {
  const words = useTexts(simulateTexts);
  const { enabled, consented, reachable, preferred, template, reason } = decision;
  const found = template ? true : reason === 'no_template' ? false : null;
  const answers = { enabled, consented, reachable, preferred, template: found };
  return (
    <List size="sm" listStyleType="none" spacing={2}>
      {Object.entries(answers).map(([question, answer]) => {
        const told: Record<string, { yes: string; no: string }> = words.questions;
        const Icon = answer === null ? IconMinus : answer ? IconCheck : IconX;
        const sentence = answer === false ? told[question]?.no : told[question]?.yes;
        return (
          <List.Item key={question} icon={<Icon size={14} aria-hidden />}>
            {answer === null ? words.notAsked(sentence ?? question) : sentence}
          </List.Item>
        );
      })}
    </List>
  );
}
