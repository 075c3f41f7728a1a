import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failed } from '../parts/states.js';
import { ServiceProblem } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { settingsTexts } from './settings.texts.js';

interface EditDrawerProps {
  title: string;
  close: () => void;
  children: ReactNode;
}

/** A form beside the list that it belongs to. */
export function EditDrawer({ title, close, children }: EditDrawerProps) {
  const words = useTexts(settingsTexts);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {children}
    </Drawer>
  );
}

interface EditFormProps {
  /** Why the last try to save failed; null before, and when it went well. */
  error: unknown;
  isSaving: boolean;
  save: () => void;
  close?: () => void;
  /** Reads what is there now, where somebody else has changed it. */
  readAgain?: () => void;
  saveLabel?: string;
  /** Other actions beside saving. */
  more?: ReactNode;
  children: ReactNode;
}

/** Fields and the buttons below them. What was typed stays when it cannot be saved. */
export function EditForm(props: EditFormProps) {
  const { error, isSaving, save, close, readAgain, saveLabel, more, children } = props;
  const words = useTexts(settingsTexts);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="sm">
        {children}
        <SaveFailure error={error} readAgain={readAgain} />
        <Group>
          <Button type="submit" loading={isSaving}>
            {saveLabel ?? words.save}
          </Button>
          {close ? (
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
          ) : null}
          {more}
        </Group>
      </Stack>
    </form>
  );
}

function SaveFailure({
  error,
  readAgain,
}: {
  error: unknown;
  readAgain: (() => void) | undefined;
}) {
  const words = useTexts(settingsTexts);
  if (!error) return null;
  if (!(error instanceof ServiceProblem) || error.status !== 412) return <Failed error={error} />;
  return (
    <Alert color="orange" role="alert">
      <Stack gap="xs" align="flex-start">
        {words.changedMeanwhile}
        <Button size="xs" variant="default" onClick={readAgain}>
          {words.readAgain}
        </Button>
      </Stack>
    </Alert>
  );
}
