import { Skeleton, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTexts } from '../../text/language.js';
import { type Channel, type Draft, membersOf } from '../draft.js';
import type { Fault, Faults } from '../faults.js';
import { editorTexts } from './editor.texts.js';

const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.js')).CodeEditor }));

const noFaults: readonly Fault[] = [];

interface FieldsProps {
  channel: Channel;
  draft: Draft;
  write: (change: Partial<Draft>) => void;
  faults: Faults;
  variables: readonly string[];
  /** Where a variable goes that is inserted now. */
  setInserter: (insert: (text: string) => void) => void;
}

/** The channel's parts, each with what is wrong with it at its place. */
export function TextFields({ channel, draft, write, faults, variables, setInserter }: FieldsProps) {
  const words = useTexts(editorTexts);
  const remember = useCallback(
    ({ insert }: { insert(text: string): void }) => setInserter(insert),
    [setInserter],
  );
  return (
    <Stack gap="md">
      {membersOf[channel].map((member) =>
        member === 'body' ? (
          <Body
            key={member}
            label={words.members.body[channel]}
            value={draft.body}
            onChange={(body) => write({ body })}
            faults={faults.body ?? noFaults}
            variables={variables}
            onFocus={remember}
          />
        ) : (
          <Line
            key={member}
            label={words.members[member]}
            isLong={member === 'text'}
            value={draft[member]}
            onChange={(value) => write({ [member]: value })}
            faults={faults[member] ?? noFaults}
            onFocus={remember}
          />
        ),
      )}
    </Stack>
  );
}

interface BodyProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  faults: readonly Fault[];
  variables: readonly string[];
  onFocus: (editor: { insert(text: string): void }) => void;
}

function Body({ label, faults, ...editor }: BodyProps) {
  const words = useTexts(editorTexts);
  const [place, goTo] = useState<{ line: number; column: number } | null>(null);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500} aria-hidden>
        {label}
      </Text>
      <Suspense fallback={<Skeleton h={200} aria-hidden />}>
        <CodeEditor label={label} faults={faults} place={place} {...editor} />
      </Suspense>
      <div aria-live="polite">
        {faults.map(({ line, column, why }) => (
          <Text size="sm" c="var(--mantine-color-error)" key={`${line} ${column} ${why}`}>
            {line === null || column === null ? (
              why
            ) : (
              <>
                <UnstyledButton
                  fz="sm"
                  td="underline"
                  aria-label={words.goTo(line, column)}
                  onClick={() => goTo({ line, column })}
                >
                  {words.at(line, column)}
                </UnstyledButton>
                {`: ${why}`}
              </>
            )}
          </Text>
        ))}
      </div>
    </Stack>
  );
}

interface LineProps extends Omit<BodyProps, 'variables'> {
  isLong: boolean;
}

/** One line, or the plain text of an e-mail. A variable goes where its cursor is. */
function Line({ label, isLong, value, onChange, faults, onFocus }: LineProps) {
  const words = useTexts(editorTexts);
  const told = faults.map(({ line, column, why }) =>
    line === null || column === null ? why : `${words.at(line, column)}: ${why}`,
  );
  const focus = (field: HTMLInputElement | HTMLTextAreaElement) =>
    onFocus({
      insert: (text) => {
        const { selectionStart, selectionEnd } = field;
        field.setRangeText(
          text,
          selectionStart ?? field.value.length,
          selectionEnd ?? field.value.length,
          'end',
        );
        onChange(field.value);
        field.focus();
      },
    });
  const shared = { label, value, error: told.length > 0 ? told.join('; ') : null };
  return isLong ? (
    <Textarea
      {...shared}
      autosize
      minRows={3}
      maxRows={12}
      onFocus={({ currentTarget }) => focus(currentTarget)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  ) : (
    <TextInput
      {...shared}
      onFocus={({ currentTarget }) => focus(currentTarget)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
