import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { deleteTemplate } from '#contracts/client/sdk.gen.js';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { Failed } from '../../parts/states.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import type { useSamples } from '../preview/use-samples.js';
import { TestDialog } from '../test/test-dialog.js';
import { editorTexts } from './editor.texts.js';
import { forgetLists } from './use-template-save.js';

interface ActionsProps {
  template: TemplateView;
  isChanged: boolean;
  isSaving: boolean;
  save: () => void;
  discard: () => void;
  samples: ReturnType<typeof useSamples>;
}

/** What can be done with the template as a whole. */
export function EditingActions({
  template,
  isChanged,
  isSaving,
  save,
  discard,
  samples,
}: ActionsProps) {
  const words = useTexts(editorTexts);
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {isChanged ? words.unsaved : words.allSaved}
      </Text>
      <Button component={Link} to="/plantillas" variant="subtle">
        {words.back}
      </Button>
      <Removal template={template} />
      <TestDialog template={template} isChanged={isChanged} samples={samples} />
      {isChanged ? (
        <Button variant="default" onClick={discard}>
          {words.discard}
        </Button>
      ) : null}
      <Button
        onClick={save}
        loading={isSaving}
        disabled={!isChanged}
        title={words.saveHint}
        leftSection={<IconDeviceFloppy size={16} aria-hidden />}
      >
        {words.save}
      </Button>
    </>
  );
}

function Removal({ template: { id } }: Pick<ActionsProps, 'template'>) {
  const words = useTexts(editorTexts);
  const [opened, { open, close }] = useDisclosure(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => ask(deleteTemplate({ path: { id } })),
    onSuccess: async () => {
      sessionStorage.removeItem(`ambacar.template.${id}`);
      await navigate({ to: '/plantillas' });
      queries.removeQueries({ queryKey: ['template', id] });
      forgetLists(queries, id);
      notifications.show({ message: words.removed, withCloseButton: false });
    },
  });
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        onClick={open}
        leftSection={<IconTrash size={16} aria-hidden />}
      >
        {words.remove}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={words.removeTitle}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack>
          <Text size="sm">{words.removeLead}</Text>
          {remove.error ? <Failed error={remove.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {words.remove}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
