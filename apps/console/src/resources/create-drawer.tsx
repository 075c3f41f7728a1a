import { Drawer } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useOnce } from '../service/use-once.js';
import { useTexts } from '../text/language.js';
import { AnswerModal } from './answer-modal.js';
import { CallForm } from './call-form.js';
import { callResource, type Row } from './call-resource.js';
import type { Resource } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { resourcesTexts } from './resources.texts.js';

interface CreateDrawerProps {
  resource: Resource;
  isOpen: boolean;
  close(): void;
}

const nothingYet = { data: {}, etag: '' };

/** The form of something new; what the service tells this once is shown before going on. */
export function CreateDrawer({ resource, isOpen, close }: CreateDrawerProps) {
  const words = useTexts(resourcesTexts);
  const told = useTold();
  const names = useTexts(namesTexts);
  const closing = useTexts(editingTexts);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const once = useOnce();
  const [toldOnce, setToldOnce] = useState<Row>();
  const { create, read, key, idMember } = resource;
  if (!create) return null;
  const goTo = (made: Row) => {
    close();
    setToldOnce(undefined);
    if (read)
      navigate({
        to: '/recursos/$resource/$id',
        params: { resource: key, id: String(made[idMember] ?? '') },
      });
  };
  const secrets = create.answer.filter(
    ({ name }) => !read?.answer.some((member) => member.name === name),
  );
  return (
    <>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="right"
        closeOnClickOutside={false}
        size="lg"
        title={words.createOne(names.resource(key))}
        closeButtonProps={{ 'aria-label': closing.close }}
      >
        <CallForm
          call={create}
          saved={nothingYet}
          isNew
          saveLabel={words.create}
          onCancel={close}
          send={async (body) => {
            const made = await ask(callResource(create, { headers: once.headersFor(body) }, body));
            once.done();
            told(words.created);
            await queries.invalidateQueries({ queryKey: ['resource', key] });
            if (read && secrets.length > 0) setToldOnce(made);
            else goTo(made);
          }}
        />
      </Drawer>
      <AnswerModal
        title={words.created}
        fields={secrets}
        row={toldOnce}
        isOnce
        close={() => toldOnce && goTo(toldOnce)}
      />
    </>
  );
}
