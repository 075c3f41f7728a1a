import { Button, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useOnce } from '../service/use-once.js';
import { useTexts } from '../text/language.js';
import { AnswerModal } from './answer-modal.js';
import { CallForm } from './call-form.js';
import { callResource, type Row } from './call-resource.js';
import type { Call, Resource } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface CallButtonProps {
  resource: Resource;
  call: Call;
  /** What it is done with; without it: with the whole list. */
  id?: string;
}

const nothingYet = { data: {}, etag: '' };

/** Something that the API can do beyond the usual: asks for what it takes, then shows its answer. */
export function CallButton({ resource, call, id }: CallButtonProps) {
  const words = useTexts(resourcesTexts);
  const told = useTold();
  const names = useTexts(namesTexts);
  const closing = useTexts(editingTexts);
  const queries = useQueryClient();
  const once = useOnce();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [answer, setAnswer] = useState<Row>();
  const name = names.action(call.operationId, call.summary);
  const takesKey = call.method === 'post';
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {name}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={name}
        size="lg"
        closeButtonProps={{ 'aria-label': closing.close }}
      >
        <Stack gap="sm">
          <Text size="sm">{words.surely}</Text>
          <Text size="sm" c="dimmed" lang="en">
            {call.summary}
          </Text>
          <CallForm
            call={call}
            saved={nothingYet}
            isNew
            saveLabel={words.act}
            onCancel={close}
            send={async (typed) => {
              const body = call.fields.length > 0 ? typed : undefined;
              const place = {
                path: id === undefined ? {} : { [resource.idParameter]: id },
                headers: takesKey ? once.headersFor(typed) : {},
              };
              const done = await ask(callResource(call, place, body));
              once.done();
              close();
              told(words.done);
              if (call.answer.length > 0) setAnswer(done);
              await queries.invalidateQueries({ queryKey: ['resource', resource.key] });
            }}
          />
        </Stack>
      </Modal>
      <AnswerModal
        title={words.answer}
        fields={call.answer}
        row={answer}
        isOnce={tellsSecrets(resource, call)}
        close={() => setAnswer(undefined)}
      />
    </>
  );
}

/** Whether it answers a thing of this resource with more than can be read of it later. */
function tellsSecrets({ read }: Resource, { answer }: Call): boolean {
  const known = read?.answer.map(({ name }) => name) ?? [];
  const told = answer.map(({ name }) => name);
  return known.length > 0 && told.length > known.length && known.every((one) => told.includes(one));
}
