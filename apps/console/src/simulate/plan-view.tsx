import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { DryRunView } from '#contracts/client/types.gen.js';
import { useFormats } from '../text/formats.js';
import { useLanguage, useTexts } from '../text/language.js';
import { RecipientPlan } from './recipient-plan.js';
import { simulateTexts } from './simulate.texts.js';

/** What would be decided and sent, or why it would be refused. */
export function PlanView({ plan }: { plan: DryRunView }) {
  return (
    <Stack gap="md" component="section">
      {plan.would_be_accepted ? <AcceptedNote plan={plan} /> : <RefusedNote plan={plan} />}
      {plan.notifications.map((notification) => (
        <RecipientPlan key={notification.recipient_id} notification={notification} />
      ))}
    </Stack>
  );
}

function AcceptedNote({ plan }: { plan: DryRunView }) {
  const words = useTexts(simulateTexts);
  const formats = useFormats();
  const { language } = useLanguage();
  const { config, due_at, valid_until } = plan;
  return (
    <Alert icon={<IconCircleCheck aria-hidden />} title={words.accepted}>
      <Text size="sm">{config ? (language === 'es' ? config.text_es : config.text_en) : null}</Text>
      {due_at && valid_until ? (
        <>
          <Text size="sm">{words.dueAt(formats.moment(due_at))}</Text>
          <Text size="sm">{words.validUntil(formats.moment(valid_until))}</Text>
        </>
      ) : null}
    </Alert>
  );
}

function RefusedNote({ plan }: { plan: DryRunView }) {
  const words = useTexts(simulateTexts);
  const sentences: Record<string, string> = words.refusals;
  const fields = Object.keys(plan.missing).filter((field) => field.startsWith('context.'));
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={sentences[plan.code ?? ''] ?? plan.detail ?? words.refused}
    >
      <Text size="sm">{words.refused}</Text>
      <List size="sm">
        {fields.map((field) => (
          <List.Item key={field}>{field.replace('context.', '')}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
