import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { callResource } from './call-resource.js';
import type { Call, Resource } from './document/resources.js';
import { MembersShown } from './members-shown.js';
import { namesTexts } from './names.texts.js';

interface DetailButtonProps {
  call: Call;
  resource: Resource;
  id: string;
  all: readonly Resource[];
}

/** What else is told of one thing, read when somebody asks for it. */
export function DetailButton({ call, resource, id, all }: DetailButtonProps) {
  const names = useTexts(namesTexts);
  const closing = useTexts(editingTexts);
  const [isOpen, { open, close }] = useDisclosure(false);
  const name = names.action(call.operationId, call.summary);
  const detail = useQuery({
    queryKey: ['resource', resource.key, 'detail', call.path, id],
    queryFn: ({ signal }) =>
      ask(callResource(call, { path: { [resource.idParameter]: id }, signal })),
    enabled: isOpen,
  });
  return (
    <div>
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
        <Queried query={detail}>
          {(row) => <MembersShown fields={call.answer} row={row} resources={all} />}
        </Queried>
      </Modal>
    </div>
  );
}
