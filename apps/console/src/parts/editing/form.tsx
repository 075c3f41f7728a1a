import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../text/language.js';
import { EditProblem } from './edit-problem.js';
import { editingTexts } from './editing.texts.js';
import type { Editing } from './use-editing.js';

interface FormProps<Values extends object> {
  editing: Editing<Values>;
  labels: Readonly<Record<string, string>>;
  /** In place of «Guardar». */
  saveLabel?: string;
  /** Closes the form; without it what was typed can be discarded instead. */
  onCancel?(): void;
  /** Whether it may be saved as it stands; a form over something saved waits for a change. */
  canSave?: boolean;
  children: ReactNode;
}

/** A form's fields, why it was not saved, and its buttons. Enter saves. */
export function Form<Values extends object>(props: FormProps<Values>) {
  const { editing, labels, saveLabel, onCancel, canSave = editing.isChanged, children } = props;
  const words = useTexts(editingTexts);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A form in a drawer stands within another one in React's tree, though not in the page.
        event.stopPropagation();
        if (canSave && !editing.isSaving) editing.save();
      }}
    >
      <Stack gap="sm">
        {children}
        <EditProblem editing={editing} labels={labels} />
        <Group gap="xs">
          <Button type="submit" loading={editing.isSaving} disabled={!canSave}>
            {saveLabel ?? words.save}
          </Button>
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {words.cancel}
            </Button>
          ) : null}
          {!onCancel && editing.isChanged ? (
            <Button variant="default" onClick={editing.discard}>
              {words.discard}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}
