import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconBuilding } from '@tabler/icons-react';
import type { OrchestrationView } from '#contracts/client/types.gen.js';
import { Failed } from '../parts/states.js';
import type { Catalog } from '../service/catalog.js';
import type { Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { channels } from './matrix-grid.js';
import type { Choice } from './use-configuration.js';
import { useConfigurationActions } from './use-configuration-actions.js';
import type { Draft } from './use-draft.js';

interface ConfigurationNotesProps {
  configuration: Tagged<OrchestrationView>;
  catalog: Catalog;
  choice: Choice;
  draft: Draft;
  /** Whether a general one would serve the workshop in its place. */
  hasGeneral: boolean;
}

/** Whose matrix this is, whether it counts at all, and the cells that it lacks. */
export function ConfigurationNotes(props: ConfigurationNotesProps) {
  const { configuration, catalog, choice, draft, hasGeneral } = props;
  const words = useTexts(matrixTexts);
  const { activate, initialize, remove, error } = useConfigurationActions(configuration);
  const [isAsking, ask] = useDisclosure(false);
  const { is_active, matrix } = configuration.data;
  const lacking = catalog.phases.length * channels.length - matrix.length;
  const isDirty = draft.changes.length > 0;
  return (
    <>
      {choice.taller && hasGeneral ? (
        <Alert
          color="grape"
          icon={<IconBuilding aria-hidden />}
          title={words.own(choice.taller.name)}
        >
          <Group justify="space-between">
            <Text size="sm">{words.ownMeaning}</Text>
            <Button size="xs" variant="default" disabled={isDirty} onClick={ask.open}>
              {words.removeOwn}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {is_active ? null : (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.inactive}>
          <Button size="xs" loading={activate.isPending} onClick={() => activate.mutate()}>
            {words.activate}
          </Button>
        </Alert>
      )}
      {lacking > 0 ? (
        <Alert icon={<IconAlertTriangle aria-hidden />} title={words.lacking(lacking)}>
          <Group justify="space-between">
            <Text size="sm">{isDirty ? words.saveFirst : words.lackingMeaning}</Text>
            <Button
              size="xs"
              disabled={isDirty}
              loading={initialize.isPending}
              onClick={() => initialize.mutate()}
            >
              {words.initialize}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {error ? <Failed error={error} /> : null}
      <Modal
        opened={isAsking}
        onClose={ask.close}
        title={words.removeOwn}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack gap="md">
          <Text size="sm">{words.removeMeaning}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={ask.close}>
              {words.cancel}
            </Button>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSettled: ask.close })}
            >
              {words.remove}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
