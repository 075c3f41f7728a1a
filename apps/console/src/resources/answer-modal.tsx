import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { useTexts } from '../text/language.js';
import type { Row } from './call-resource.js';
import type { Field } from './document/fields.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface AnswerModalProps {
  title: string;
  fields: readonly Field[];
  /** What was answered; undefined: nothing is shown. */
  row: Row | undefined;
  /** Whether it can be seen here and never again. */
  isOnce?: boolean;
  close(): void;
}

/** What the service answered to something that was done, to be read and copied. */
export function AnswerModal({ title, fields, row, isOnce = false, close }: AnswerModalProps) {
  const words = useTexts(resourcesTexts);
  const names = useTexts(namesTexts);
  const closing = useTexts(editingTexts);
  return (
    <Modal
      opened={row !== undefined}
      onClose={close}
      title={title}
      size="lg"
      closeOnClickOutside={!isOnce}
      closeButtonProps={{ 'aria-label': closing.close }}
    >
      <Stack gap="sm">
        {isOnce ? <Alert color="orange">{words.once}</Alert> : null}
        {fields.map(({ name }) => (
          <Answered key={name} name={names.member(name)} value={row?.[name]} />
        ))}
        <div>
          <Button onClick={close}>{closing.close}</Button>
        </div>
      </Stack>
    </Modal>
  );
}

function Answered({ name, value }: { name: string; value: unknown }) {
  const words = useTexts(resourcesTexts);
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2);
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', flex: 1 }}>
          {text}
        </Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              aria-label={`${words.copy}: ${name}`}
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
